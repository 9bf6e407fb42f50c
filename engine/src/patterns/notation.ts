import type { Graph } from "@signalbox/shared/graph";
import { validateGraph } from "@signalbox/shared/validation";
import { expect } from "vitest";
import { type Exploration, explore } from "../testing/explore.ts";
import { smallGraph } from "../testing/graphs.ts";
import type { Input } from "../testing/inputs.ts";
import { listed, type Orders } from "../testing/orders.ts";

/** One pattern: a graph, what it is given, every order in which it may happen, and how it may end. */
export interface Pattern extends Omit<Exploration, "graph"> {
  /** By id; the start is always there. */
  nodes: { [id: string]: Drawn };
  /** Chains: `start -> a -> b`, `ask:rejected -> c`; back to the header of a loop of at most three passes: `c -> a*3`. */
  edges: readonly string[];
  orders: Orders;
  outcomes: readonly string[];
}

interface Drawn {
  type: string;
  data: object;
  parentId?: string;
}

/** Tries every order and holds it against what is stated. */
export function expectPattern({ nodes, edges, orders, outcomes, ...how }: Pattern): void {
  const graph = drawn(nodes, edges);
  expect(validateGraph(graph).filter(({ severity }) => severity === "error")).toEqual([]);
  const explored = explore({ graph, ...how });
  expect(explored.orders).toEqual(listed(orders));
  expect(explored.outcomes).toEqual([...outcomes].sort());
}

export function drawn(nodes: { [id: string]: Drawn }, chains: readonly string[]): Graph {
  const all = Object.entries(nodes).map(([id, node]) => ({ id, ...node }));
  const edges = chains.flatMap((chain) => {
    const places = chain.split(" -> ");
    return places.slice(1).map((place, index) => {
      const [target = "", most] = (place.split(":")[0] ?? "").split("*");
      return { text: `${places[index]?.replace(/[*][0-9]+/, "")} -> ${target}`, most };
    });
  });
  const graph = smallGraph({
    nodes: [{ id: "start", type: "start" }, ...all],
    edges: edges.map(({ text }) => text),
  });
  for (const [index, { most }] of edges.entries()) {
    const edge = graph.edges[index];
    if (edge && most !== undefined) edge.data = { maxIterations: Number(most) };
  }
  return graph;
}

/** Somebody who works for a while, and gives `<activation>!`. */
export const task = (data: object = {}): Drawn => ({ type: "agent", data: { model: "played", prompt: "?", ...data } });
export const end = (output?: string, data: object = {}): Drawn => ({
  type: "end",
  data: { ...(output === undefined ? {} : { output }), ...data },
});
export const set = (values: object, data: object = {}): Drawn => ({ type: "set", data: { values, ...data } });
/** The first case that is true. */
export const choice = (cases: { [id: string]: string }, data: object = {}): Drawn => ({
  type: "branch",
  data: { cases: Object.entries(cases).map(([id, when]) => ({ id, when })), ...data },
});
/** A model chooses, so that every choice is tried. */
export const anyChoice = (ids: readonly string[], data: object = {}): Drawn => ({
  type: "branch",
  data: { decide: "model", model: "played", prompt: "?", cases: ids.map((id) => ({ id, description: id })), ...data },
});
export const lanes = (data: object = {}): Drawn => ({ type: "parallel", data: { mode: "lanes", ...data } });
export const forEach = (items: string, data: object = {}): Drawn => ({
  type: "parallel",
  data: { mode: "forEach", items, ...data },
});
export const loop = (until: string, maxIterations: number, data: object = {}): Drawn => ({
  type: "loop",
  data: { until, maxIterations, ...data },
});
export const ask = (data: object = {}): Drawn => ({ type: "approval", data: { title: "?", ...data } });
export const event = (data: object = {}): Drawn => ({ type: "wait", data: { signal: { name: "go" }, ...data } });
export const time = (duration: string): Drawn => ({ type: "wait", data: { for: duration } });
export const subflow = (data: object = {}): Drawn => ({ type: "subflow", data: { workflow: "other", ...data } });
export const inside = (parentId: string, node: Drawn): Drawn => ({ ...node, parentId });

/** Whoever works on one of these may also fail. */
export function mayFail(...activations: readonly string[]): (input: Input) => Input[] {
  return (input) =>
    input.kind === "work" && activations.includes(input.activation) ? [{ ...input, fails: true }] : [];
}

/** Whoever is asked may also reject. */
export function mayReject(input: Input): Input[] {
  return input.kind === "vote" ? [{ ...input, decided: "rejected" }] : [];
}
