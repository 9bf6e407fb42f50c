import { referencesOf } from "@signalbox/shared/expressions";
import { type Graph, graphFormat } from "@signalbox/shared/graph";
import { expect, test } from "vitest";
import { renamed } from "./rename.ts";

const at = { x: 0, y: 0 };
const graph: Graph = {
  format: graphFormat,
  name: "Rename",
  nodes: [
    { id: "triage", type: "set", data: { values: { a: "1" } }, position: at },
    {
      id: "pick",
      type: "branch",
      data: { cases: [{ id: "yes", when: "triage.a == 'triage' && size(triage) > 0" }] },
      position: at,
    },
    { id: "say", type: "set", data: { values: { text: "triage: {{ triage.a }}" } }, position: at },
  ],
  edges: [{ id: "e1", source: "triage", sourceHandle: "out", target: "pick", targetHandle: "in" }],
};

test("a node's new id is followed by its edges and by every expression that names it", () => {
  const next = renamed(graph, "triage", "sorted", referencesOf);
  expect(next.nodes.map(({ id }) => id)).toEqual(["sorted", "pick", "say"]);
  expect(next.edges[0]?.source).toBe("sorted");
  expect(next.nodes[1]?.data).toEqual({ cases: [{ id: "yes", when: "sorted.a == 'triage' && size(sorted) > 0" }] });
  expect(next.nodes[2]?.data).toEqual({ values: { text: "triage: {{ sorted.a }}" } });
});

test("what does not name the node stays the same object", () => {
  const next = renamed(graph, "say", "tell", referencesOf);
  expect(next.nodes[1]).toBe(graph.nodes[1]);
  expect(next.edges[0]).toBe(graph.edges[0]);
});
