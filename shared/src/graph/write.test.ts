import fc from "fast-check";
import { expect, test } from "vitest";
import { anyGraph } from "../testing/any-graph.ts";
import type { Graph } from "./graph.ts";
import { parseGraph } from "./parse.ts";
import { canonicalGraph, writeGraph } from "./write.ts";

/** Any graph in which every id stands for one thing, as in all that can be run. */
const clearGraph = anyGraph.map((graph) => ({
  ...graph,
  nodes: uniqueById(graph.nodes),
  edges: uniqueById(graph.edges),
}));

function uniqueById<Item extends { id: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function read(text: string): Graph {
  const parsed = parseGraph(JSON.parse(text));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.graph;
}

test("a graph that is written and read again is the same graph", () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      expect(read(writeGraph(graph))).toEqual(canonicalGraph(graph));
    }),
  );
});

test("saving without a change is no diff", () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      const written = writeGraph(graph);
      expect(writeGraph(read(written))).toBe(written);
      expect(written.endsWith("}\n")).toBe(true);
    }),
  );
});

// free values keep the order in which people wrote them; these fields and what they hold are ours
const ours = new Set([
  "position",
  "data",
  "retry",
  "budget",
  "memory",
  "cases",
  "nodes",
  "edges",
  "assignees",
  "signal",
]);

function shuffled(value: unknown, order: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, order));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, ours.has(key) ? shuffled(item, order) : item] as const,
  );
  const places = new Map(entries.map(([key]) => [key, order()]));
  return Object.fromEntries(entries.sort(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0)));
}

test("the order in which nodes, edges and fields were written does not matter", () => {
  fc.assert(
    fc.property(clearGraph, fc.infiniteStream(fc.double({ noNaN: true })), (graph, random) => {
      const order = () => random.next().value ?? 0;
      const byChance = <Item>(items: readonly Item[]) =>
        items
          .map((item) => ({ item, at: order() }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const other = { ...graph, nodes: byChance(graph.nodes), edges: byChance(graph.edges) };

      expect(writeGraph(read(JSON.stringify(shuffled(other, order))))).toBe(writeGraph(graph));
    }),
  );
});

test("a frame is written before what it holds, and of equals the smaller id first", () => {
  fc.assert(
    fc.property(clearGraph, (graph) => {
      const { nodes } = canonicalGraph(graph);
      const place = new Map(nodes.map(({ id }, index) => [id, index]));
      for (const { id, parentId } of nodes) {
        if (parentId === undefined || liesInItself(graph, id)) continue;
        expect(place.get(parentId) ?? -1).toBeLessThan(place.get(id) ?? -1);
      }
      const roots = nodes.filter(({ parentId }) => parentId === undefined).map(({ id }) => id);
      expect(roots).toEqual(roots.toSorted());
    }),
  );
});

function liesInItself({ nodes }: Graph, id: string): boolean {
  const parents = new Map(nodes.map((node) => [node.id, node.parentId]));
  const seen = new Set<string>();
  let next: string | undefined = id;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    next = parents.get(next);
  }
  return next !== undefined;
}

const changes: Record<string, (graph: Graph, node: Graph["nodes"][number]) => Graph["nodes"][number] | undefined> = {
  "a move to the right": (_graph, node) => ({ ...node, position: { ...node.position, x: node.position.x + 1 } }),
  "another comment": (_graph, node) =>
    node.data.comment === undefined
      ? undefined
      : ({ ...node, data: { ...node.data, comment: "another comment" } } as typeof node),
};

test.each(Object.entries(changes))("%s is one changed line", (_what, change) => {
  fc.assert(
    fc.property(clearGraph, fc.nat(), (graph, at) => {
      const index = at % Math.max(1, graph.nodes.length);
      const node = graph.nodes[index];
      const changed = node && change(graph, node);
      fc.pre(changed !== undefined);
      const before = writeGraph(graph).split("\n");

      const after = writeGraph({ ...graph, nodes: graph.nodes.with(index, changed) }).split("\n");

      expect(after).toHaveLength(before.length);
      expect(after.filter((line, number) => line !== before[number])).toHaveLength(1);
    }),
  );
});
