import type { Graph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import { smallGraph } from "./graphs.ts";

/** A run as long as one likes, that needs nobody. */
export interface LongWork {
  graph: Graph;
  input: Json;
  /** How many nodes it executes, the start and the end not counted. */
  activations: number;
  output: Json;
}

const start = { id: "start", type: "start" };
const done = (output: string) => ({ id: "done", type: "end", data: { output } });

/** A loop node of so many passes. */
export function loopOf(passes: number): LongWork {
  const graph = smallGraph({
    nodes: [
      start,
      { id: "often", type: "loop", data: { until: `iteration == ${passes}`, maxIterations: passes } },
      { id: "count", type: "set", parentId: "often", data: { values: { n: "{{ iteration }}" } } },
      { id: "twice", type: "set", parentId: "often", data: { values: { n: "{{ count.n * 2 }}" } } },
      done("{{ often.n }}"),
    ],
    edges: ["start -> often", "count -> twice", "often -> done"],
  });
  return { graph, input: null, activations: 2 * passes, output: 2 * passes };
}

/** The same made by an edge back. */
export function ringOf(passes: number): LongWork {
  const graph = smallGraph({
    nodes: [
      start,
      { id: "count", type: "set", data: { values: { n: "{{ iteration }}" } } },
      { id: "again", type: "branch", data: { cases: [{ id: "yes", when: `count.n < ${passes}` }] } },
      done("{{ count.n * 2 }}"),
    ],
    edges: ["start -> count", "count -> again", "again:yes -> count", "again:else -> done"],
  });
  const back = graph.edges.find(({ sourceHandle }) => sourceHandle === "yes");
  if (back) back.data = { maxIterations: passes };
  return { graph, input: null, activations: 2 * passes, output: 2 * passes };
}

/** So many nodes in a row. */
export function chainOf(nodes: number): LongWork {
  const ids = Array.from({ length: nodes }, (_, index) => `step${index}`);
  const before = (index: number) => ids[index - 1] ?? "start";
  const graph = smallGraph({
    nodes: [
      start,
      ...ids.map((id, index) => ({
        id,
        type: "set",
        data: { values: { n: index === 0 ? "{{ input + 1 }}" : `{{ ${before(index)}.n + 1 }}` } },
      })),
      done(`{{ ${before(nodes)}.n }}`),
    ],
    edges: [...ids.map((id, index) => `${before(index)} -> ${id}`), `${before(nodes)} -> done`],
  });
  return { graph, input: 0, activations: nodes, output: nodes };
}

/** For each of so many lists, for each of as many items. */
export function nestedOf(size: number): LongWork {
  const graph = smallGraph({
    nodes: [
      start,
      { id: "rows", type: "parallel", data: { mode: "forEach", items: "input" } },
      { id: "cells", type: "parallel", parentId: "rows", data: { mode: "forEach", items: "item" } },
      { id: "cell", type: "set", parentId: "cells", data: { values: { n: "{{ item }}" } } },
      done(`{{ rows[${size - 1}][${size - 1}].n }}`),
    ],
    edges: ["start -> rows", "rows -> done"],
  });
  const rows = Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, cell) => row * size + cell));
  return { graph, input: rows, activations: size * size, output: size * size - 1 };
}
