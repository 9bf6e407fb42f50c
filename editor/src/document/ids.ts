import type { Graph, GraphEdge } from "@signalbox/shared/graph";
import { isNodeId } from "@signalbox/shared/nodes";

/** An id that no node has yet, made of a word: `agent`, `agent_2`, … */
export function freeNodeId(word: string, taken: ReadonlySet<string>): string {
  const base = isNodeId(word) ? word : `${word}_1`;
  if (!taken.has(base)) return base;
  const stem = base.replace(/_\d+$/, "");
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
