import type { GraphNode } from "@signalbox/shared/graph";
import { factsOf, type NodeTypeName } from "@signalbox/shared/nodes";
import { agent } from "./agent/card.tsx";
import { approval } from "./approval/card.tsx";
import { branch } from "./branch/card.tsx";
import { end } from "./end/card.tsx";
import type { Look } from "./look.ts";
import { loop } from "./loop/card.tsx";
import { note } from "./note/card.tsx";
import { parallel } from "./parallel/card.tsx";
import { set } from "./set/card.tsx";
import { start } from "./start/card.tsx";
import { subflow } from "./subflow/card.tsx";
import { tool } from "./tool/card.tsx";
import { wait } from "./wait/card.tsx";

const looks: { [Name in NodeTypeName]: Look<Name> } = {
  start,
  end,
  agent,
  tool,
  branch,
  parallel,
  loop,
  approval,
  wait,
  set,
  subflow,
  note,
};

/** How a type looks, for whoever draws every type alike. */
export function lookFor(type: NodeTypeName): Look {
  // each look reads its own data, which the graph's schema has checked against it
  return looks[type] as unknown as Look;
}

/** What a node is called on the screen. */
export function titleOf(node: GraphNode): string {
  return "label" in node.data && node.data.label ? node.data.label : factsOf(node.type).title;
}

/** The line under its title. */
export function summaryOf(node: GraphNode): string {
  return lookFor(node.type).summary(node.data as never);
}

/** Under the title: what kind of node it is, and which model, tool or rule it has. */
export function subtitleOf(node: GraphNode): string {
  const detail = lookFor(node.type).detail?.(node.data as never) ?? "";
  const { title } = factsOf(node.type);
  return detail === "" ? title : `${title} · ${detail}`;
}
