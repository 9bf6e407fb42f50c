import type * as z from "zod";
import { agent } from "./agent/type.ts";
import { approval } from "./approval/type.ts";
import { branch } from "./branch/type.ts";
import type { Declaration } from "./define.ts";
import { end } from "./end/type.ts";
import { loop } from "./loop/type.ts";
import { note } from "./note/type.ts";
import { parallel } from "./parallel/type.ts";
import { set } from "./set/type.ts";
import { start } from "./start/type.ts";
import { subflow } from "./subflow/type.ts";
import { tool } from "./tool/type.ts";
import { wait } from "./wait/type.ts";

/** Every node type. A new one is a folder and a line here; the compiler then lists what is owed. */
export const nodeTypes = { start, end, agent, tool, branch, parallel, loop, approval, wait, set, subflow, note };

export type NodeTypes = typeof nodeTypes;
export type NodeTypeName = keyof NodeTypes;
export type NodeOf<Name extends NodeTypeName> = z.infer<NodeTypes[Name]["node"]>;
export type DataOf<Name extends NodeTypeName> = NodeOf<Name>["data"];

/** The declared facts of a node's type, for whoever must treat every type alike. */
export type NodeFacts = Omit<Declaration<NodeTypeName, z.ZodObject>, "data">;

/** Facts of a type by its name. Ask these; outside a type's own folders nobody asks which type it is. */
export function factsOf(type: NodeTypeName): NodeFacts {
  // each declaration reads its own data, which the graph's schema has checked against it
  return nodeTypes[type] as unknown as NodeFacts;
}
