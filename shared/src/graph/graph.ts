import * as z from "zod";
import { JsonObject } from "../json/index.ts";
import { NodeId, type NodeTypes, nodeTypes } from "../nodes/index.ts";

type NodeSchema = NodeTypes[keyof NodeTypes]["node"];

// zod wants a tuple; to the compiler a record's values are only an array
const nodeSchemas = Object.values(nodeTypes).map(({ node }) => node) as unknown as [NodeSchema, ...NodeSchema[]];

export const GraphNode = z.discriminatedUnion("type", nodeSchemas);
export type GraphNode = z.infer<typeof GraphNode>;

const HandleId = z.string().min(1).max(63);

export const GraphEdge = z.strictObject({
  id: z.string().min(1).max(200),
  source: NodeId,
  sourceHandle: HandleId.default("out"),
  target: NodeId,
  targetHandle: HandleId.default("in"),
  data: z.strictObject({ maxIterations: z.int().min(1).max(1_000_000).optional() }).optional(),
});
export type GraphEdge = z.infer<typeof GraphEdge>;

/** Databases keep no NUL in text. */
export const GraphName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !name.includes("\0"), "A name may not hold the NUL character.");

export const graphFormat = "signalbox.graph/1";

/** A workflow as people save it: a React Flow document with meaning. Nothing of a run or a screen lives here. */
export const Graph = z
  .strictObject({
    format: z.literal(graphFormat),
    name: GraphName,
    description: z.string().max(5000).optional(),
    input: JsonObject.optional(),
    nodes: z.array(GraphNode).max(20_000),
    edges: z.array(GraphEdge).max(60_000),
  })
  .meta({ title: "Signalbox graph, version 1" });
export type Graph = z.infer<typeof Graph>;

/** The handle by which an agent calls what is wired to it; its edges are permissions, not flow. */
export const usesHandle = "uses";
/** The one way into a node. */
export const inHandle = "in";

/** Whether an edge carries the flow of a run, and not a permission. */
export function isControlEdge(edge: Pick<GraphEdge, "sourceHandle">): boolean {
  return edge.sourceHandle !== usesHandle;
}
