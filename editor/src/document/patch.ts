import type { Graph, GraphEdge, GraphNode } from "@signalbox/shared/graph";

/** What became of one thing: `before` is missing for what was added, `after` for what was taken away. */
interface Change<Thing> {
  id: string;
  before: Thing | undefined;
  after: Thing | undefined;
}

type Head = Omit<Graph, "nodes" | "edges">;

/** A command's effect on a graph, good in both directions. */
export interface Patch {
  nodes: readonly Change<GraphNode>[];
  edges: readonly Change<GraphEdge>[];
  head?: { before: Head; after: Head };
}

/** What leads from one graph to another. Things are compared by identity: commands leave alone what they do not change. */
export function diffGraphs(before: Graph, after: Graph): Patch {
  const nodes = before.nodes === after.nodes ? [] : diffThings(before.nodes, after.nodes);
  const edges = before.edges === after.edges ? [] : diffThings(before.edges, after.edges);
  const heads = { before: headOf(before), after: headOf(after) };
  const sameHead = (["format", "name", "description", "input"] as const).every(
    (key) => heads.before[key] === heads.after[key],
  );
  return sameHead ? { nodes, edges } : { nodes, edges, head: heads };
}

/** Whether a patch does nothing. */
export function isEmpty({ nodes, edges, head }: Patch): boolean {
  return nodes.length === 0 && edges.length === 0 && head === undefined;
}

/** The graph after a patch, or before it. */
export function applyPatch(graph: Graph, patch: Patch, direction: "forward" | "inverse"): Graph {
  const to = direction === "forward" ? "after" : "before";
  return {
    ...(patch.head ? patch.head[to] : headOf(graph)),
    nodes: applyChanges(graph.nodes, patch.nodes, to),
    edges: applyChanges(graph.edges, patch.edges, to),
  };
}

/** Two patches in a row as one, so that a gesture of many steps is undone at once. */
export function mergePatches(first: Patch, second: Patch): Patch {
  const nodes = mergeChanges(first.nodes, second.nodes);
  const edges = mergeChanges(first.edges, second.edges);
  const before = first.head?.before ?? second.head?.before;
  const after = second.head?.after ?? first.head?.after;
  return before && after ? { nodes, edges, head: { before, after } } : { nodes, edges };
}

function headOf({ nodes: _nodes, edges: _edges, ...head }: Graph): Head {
  return head;
}

function diffThings<Thing extends { id: string }>(before: readonly Thing[], after: readonly Thing[]): Change<Thing>[] {
  const old = new Map(before.map((thing) => [thing.id, thing]));
  const kept = new Set(after.map(({ id }) => id));
  const changes: Change<Thing>[] = before
    .filter(({ id }) => !kept.has(id))
    .map((thing) => ({ id: thing.id, before: thing, after: undefined }));
  for (const thing of after) {
    const was = old.get(thing.id);
    if (was !== thing) changes.push({ id: thing.id, before: was, after: thing });
  }
  return changes;
}

function applyChanges<Thing extends { id: string }>(
  things: Thing[],
  changes: readonly Change<Thing>[],
  to: "before" | "after",
): Thing[] {
  if (changes.length === 0) return things;
  const targets = new Map(changes.map((change) => [change.id, change[to]]));
  const kept = things.flatMap((thing) => {
    if (!targets.has(thing.id)) return [thing];
    const target = targets.get(thing.id);
    targets.delete(thing.id);
    return target ? [target] : [];
  });
  return [...kept, ...[...targets.values()].filter((thing) => thing !== undefined)];
}

function mergeChanges<Thing>(first: readonly Change<Thing>[], second: readonly Change<Thing>[]): Change<Thing>[] {
  const merged = new Map(first.map((change) => [change.id, change]));
  for (const change of second) {
    const earlier = merged.get(change.id);
    merged.set(change.id, earlier ? { ...change, before: earlier.before } : change);
  }
  return [...merged.values()].filter(({ before, after }) => before !== after);
}
