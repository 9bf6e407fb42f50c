import { type Graph, parseGraph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";

type Parts = {
  nodes: readonly { id: string; type: string; data?: object; parentId?: string }[];
  /** `a -> b`, `a:error -> b`, `ask:uses -> tool`; their ids are e01, e02 … in this order. */
  edges: readonly string[];
  input?: { [key: string]: Json };
};

/** A graph in a few lines, for tests: positions do not matter to a run. */
export function smallGraph({ nodes, edges, input }: Parts): Graph {
  const parsed = parseGraph({
    format: "signalbox.graph/1",
    name: "Test",
    ...(input === undefined ? {} : { input }),
    nodes: nodes.map((node, index) => ({ data: {}, position: { x: index * 300, y: 0 }, ...node })),
    edges: edges.map(readEdge),
  });
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.graph;
}

function readEdge(text: string, index: number) {
  const [from = "", target = ""] = text.split(" -> ");
  const [source = "", sourceHandle = "out"] = from.split(":");
  return { id: `e${String(index + 1).padStart(2, "0")}`, source, sourceHandle, target, targetHandle: "in" };
}
