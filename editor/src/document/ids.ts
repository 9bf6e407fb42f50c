import type { Graph, GraphEdge } from "@signalbox/shared/graph";
import { isNodeId } from "@signalbox/shared/nodes";

/** An id that no node has yet, made of a word: `agent`, `agent_2`, … */
export function freeNodeId(word: string, taken: ReadonlySet<string>): string {
  const base = isNodeId(word) ? word : `${word}_1`;
  if (!taken.has(base)) return base;
  // an id has 63 signs at most, its number included
  const stem = base.replace(/_\d+$/, "").slice(0, 56);
  for (let count = 2; ; count += 1) {
    const id = `${stem}_${count}`;
    if (!taken.has(id) && isNodeId(id)) return id;
  }
}

/** Every id of a node. */
export function nodeIds(graph: Graph): Set<string> {
  return new Set(graph.nodes.map(({ id }) => id));
}

/** The id of an edge says what it joins, so that diffs are readable. */
export function edgeId(
  { source, sourceHandle, target }: Pick<GraphEdge, "source" | "sourceHandle" | "target">,
  taken: ReadonlySet<string>,
): string {
  const base = `${source}.${sourceHandle}-${target}`;
  if (!taken.has(base)) return base;
  for (let count = 2; ; count += 1) if (!taken.has(`${base}-${count}`)) return `${base}-${count}`;
}

/** Ids that more than one node, or more than one edge, goes by: such a graph can be neither edited nor undone. */
export function doubledIds({ nodes, edges }: Pick<Graph, "nodes" | "edges">): { path: string; detail: string }[] {
  return [...doubledIn("nodes", nodes), ...doubledIn("edges", edges)];
}

function doubledIn(list: string, things: readonly { id: string }[]): { path: string; detail: string }[] {
  const seen = new Set<string>();
  return things.flatMap(({ id }, index) => {
    const isDoubled = seen.has(id);
    seen.add(id);
    return isDoubled ? [{ path: `${list}.${index}.id`, detail: `“${id}” is taken by another of the ${list}.` }] : [];
  });
}
