import type { Graph } from "@signalbox/shared/graph";
import { expect, test } from "vitest";
import { caseIdOf, caseIdProblem, relabelled, withCases } from "./cases.ts";
import { readDuration, readNumber } from "./read-values.ts";
import { freeKey, moved, renameKey, rewritten } from "./rows.ts";

test("a renamed value keeps its place", () => {
  expect(Object.keys(renameKey({ a: 1, b: 2, c: 3 }, "b", "z"))).toEqual(["a", "z", "c"]);
  expect(freeKey({ value: 1 }, "value")).toBe("value_2");
});

test("moving past an end changes nothing", () => {
  expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
});

test("text becomes a field and comes back as the same text", () => {
  expect(rewritten(rewritten("{{ a }}", "fields"), "text")).toBe("{{ a }}");
  expect(rewritten({ a: 1 }, "text")).toBe('{"a":1}');
  expect(rewritten('{"a":1}', "fields")).toEqual({ a: 1 });
  expect(rewritten(undefined, "fields")).toEqual({});
});

test("a case's id follows from its label and is free", () => {
  expect(caseIdOf("Very high!", new Set())).toBe("very_high");
  expect(caseIdOf("Else", new Set(["case"]))).toBe("case_2");
  expect(caseIdOf("Größe 1", new Set())).toBe("gro_e_1");
  expect(caseIdProblem("else", new Set())).toContain("no case is true");
});

test("a case's id follows its label until it was given one of its own", () => {
  expect(relabelled({ id: "case_2", label: "Case 2" }, "Medium", new Set())).toEqual({ id: "medium", label: "Medium" });
  expect(relabelled({ id: "mine", label: "Case 2" }, "Medium", new Set())).toEqual({ id: "mine", label: "Medium" });
});

test("edges at a case's way out follow its new id, and go with it", () => {
  const at = { x: 0, y: 0 };
  const graph: Graph = {
    format: "signalbox.graph/1",
    name: "Cases",
    nodes: [
      { id: "pick", type: "branch", data: { cases: [{ id: "yes", when: "true" }] }, position: at },
      { id: "done", type: "end", data: {}, position: at },
    ],
    edges: [{ id: "e1", source: "pick", sourceHandle: "yes", target: "done", targetHandle: "in" }],
  };
  const renamed = withCases(graph, "pick", "cases", [{ id: "ja" }], { from: "yes", to: "ja" });
  expect(renamed.edges.map(({ sourceHandle }) => sourceHandle)).toEqual(["ja"]);
  expect(withCases(graph, "pick", "cases", [], { from: "yes", to: undefined }).edges).toEqual([]);
});

test("numbers and durations that are not good say why", () => {
  expect(readNumber("2.5", { type: "integer" })).toEqual({ problem: "Write a whole number." });
  expect(readNumber("0", { type: "integer", minimum: 1 })).toEqual({ problem: "At least 1." });
  expect(readNumber("", { type: "integer" })).toEqual({ value: undefined });
  expect(readDuration(" 5 m")).toEqual({ value: "5m" });
  expect(readDuration("30")).toMatchObject({ problem: expect.stringContaining("Did you mean 30s?") });
});
