import { referencesOf } from "@signalbox/shared/expressions";
import type { Graph } from "@signalbox/shared/graph";
import { describe, expect, it } from "vitest";
import { fragmentOf, readFragment, withFragment, writeFragment } from "./fragment.ts";

const graph: Graph = {
  format: "signalbox.graph/1",
  name: "Test",
  nodes: [
    { id: "start", type: "start", data: {}, position: { x: 0, y: 0 } },
    { id: "ask", type: "agent", data: { model: "simulated", prompt: "{{ input.q }}" }, position: { x: 304, y: 0 } },
    { id: "tell", type: "set", data: { values: { said: "{{ ask.text }}", word: "ask" } }, position: { x: 608, y: 0 } },
  ],
  edges: [
    { id: "e1", source: "start", sourceHandle: "out", target: "ask", targetHandle: "in" },
    { id: "e2", source: "ask", sourceHandle: "out", target: "tell", targetHandle: "in" },
  ],
};

function paste(text: string, into: Graph) {
  const read = readFragment(text);
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  return withFragment(into, read, { x: 0, y: 600 }, referencesOf);
}

describe("a copied piece", () => {
  it("is pasted under new ids, and its expressions follow", () => {
    const made = paste(writeFragment(fragmentOf(graph, ["ask", "tell"])), graph);
    expect(made.ids).toEqual(["ask_2", "tell_2"]);
    expect(made.graph.nodes.find(({ id }) => id === "tell_2")?.data).toEqual({
      values: { said: "{{ ask_2.text }}", word: "ask" },
    });
    expect(made.graph.edges.at(-1)).toMatchObject({ source: "ask_2", target: "tell_2" });
    expect(new Set(made.graph.edges.map(({ id }) => id)).size).toBe(3);
    // what was there is untouched
    expect(made.graph.nodes.slice(0, 3)).toEqual(graph.nodes);
  });

  it("finds a new id also for the longest one", () => {
    const id = "x".repeat(63);
    const text = JSON.stringify({ nodes: [{ id, type: "set", data: { values: {} }, position: { x: 0, y: 0 } }] });
    const made = paste(text, paste(text, graph).graph);
    expect(made.ids).toEqual([`${"x".repeat(56)}_2`]);
  });

  it("is refused where two of its nodes go by one id", () => {
    const set = (x: number) => ({ id: "one", type: "set", data: { values: {} }, position: { x, y: 0 } });
    expect(readFragment(JSON.stringify({ nodes: [set(0), set(300)], edges: [] }))).toEqual({
      problems: [{ path: "nodes.1.id", detail: "“one” is taken by another of the nodes." }],
    });
  });

  it("keeps its ids where they are free, and what it held stays in its frame", () => {
    const framed: Graph = {
      ...graph,
      nodes: [
        { id: "fan", type: "parallel", data: { mode: "lanes" }, position: { x: 100, y: 100 } },
        { id: "in_it", type: "set", parentId: "fan", data: { values: {} }, position: { x: 40, y: 64 } },
      ],
      edges: [],
    };
    const made = paste(writeFragment(fragmentOf(framed, ["fan"])), graph);
    expect(made.graph.nodes.find(({ id }) => id === "in_it")).toMatchObject({
      parentId: "fan",
      position: { x: 40, y: 64 },
    });
    // taken out of its frame alone, it lies on the open canvas where it was seen
    expect(fragmentOf(framed, ["in_it"]).nodes[0]).toMatchObject({ position: { x: 140, y: 164 } });
    expect(fragmentOf(framed, ["in_it"]).nodes[0]).not.toHaveProperty("parentId");
  });

  it("may be a whole graph", () => {
    const empty: Graph = { ...graph, nodes: [], edges: [] };
    expect(paste(JSON.stringify(graph), empty).graph.nodes).toHaveLength(3);
  });

  it("says why it cannot be pasted", () => {
    expect(readFragment("no json")).toHaveProperty("problems");
    expect(readFragment("{}")).toHaveProperty("problems");
    const wrong = readFragment(
      '{"format":"signalbox.graph/1-fragment","nodes":[{"id":"a","type":"agent","data":{"modl":1},"position":{"x":0,"y":0}}],"edges":[]}',
    );
    expect(wrong).toMatchObject({ problems: [{ path: "nodes.0.data.modl" }] });
  });
});
