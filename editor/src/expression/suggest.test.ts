import type { ScopeVariable } from "@signalbox/shared/expressions";
import type { Json } from "@signalbox/shared/json";
import { expect, test } from "vitest";
import { regionsOf } from "./regions.ts";
import { shortValue, suggest } from "./suggest.ts";

const scope: ScopeVariable[] = [
  { name: "triage", schema: { type: "object", properties: { urgency: { enum: ["high", "low"] } } } },
  { name: "lookup", schema: null, optional: true },
];
const samples = new Map<string, Json>([
  ["triage", { urgency: "high" }],
  ["lookup", { status: 200, "content-type": "text" }],
]);
const labels = (source: string) => suggest(source, source.length, scope, samples).options.map(({ label }) => label);

test("names in scope come first, then functions", () => {
  expect(labels("").slice(0, 3)).toEqual(["triage", "lookup", "has"]);
});

test("members that are declared are suggested with what they were in the last run", () => {
  const { options } = suggest("triage.u", 8, scope, samples);
  expect(options).toMatchObject([{ label: "urgency", type: "text", sample: "high" }]);
});

test("where nothing is declared, the last run says what there is", () => {
  expect(labels("lookup.")).toEqual(["status"]);
});

test("after a dot that follows no name nothing is suggested", () => {
  expect(labels("foo().")).toEqual([]);
});

test("a value is said in one short line", () => {
  expect(shortValue("a\nb")).toBe('"a b"');
  expect(shortValue("x".repeat(100)).length).toBe(40);
});

test("an expression that is still being written is one already", () => {
  expect(regionsOf("Hi {{ input.na\nnext")).toEqual([{ open: 3, from: 5, to: 14, close: 14 }]);
  expect(regionsOf("{{ {'a': 1}.a }} {{{{ x }}")).toEqual([{ open: 0, from: 2, to: 14, close: 16 }]);
  expect(regionsOf("{{ '}}' }}")).toEqual([{ open: 0, from: 2, to: 8, close: 10 }]);
});
