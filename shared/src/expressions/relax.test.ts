import { expect, test } from "vitest";
import type { JsonSchema } from "../json/index.ts";
import { checkExpression } from "./check.ts";
import { evaluateExpression } from "./evaluate.ts";

const input: JsonSchema = {
  type: "object",
  properties: { n: { type: "integer" }, f: { type: "number" }, s: { type: "string" } },
};
const scope = [{ name: "input", schema: input }];
const given = { n: 2, f: 1.5, s: "x" };

const problemsOf = (source: string) => checkExpression(source, scope, "any").problems.map(({ detail }) => detail);
const answerOf = (source: string) =>
  evaluateExpression(source, new Map([["input", given]]), new Map([["input", input]]));

test.each([
  ["has(input.f) ? input.f : 0", 1.5],
  ['has(input.n) ? input.n : ""', 2],
  ["has(input.zz) ? 1 : null", null],
  ["input.n > 5 ? input.n : 0.5", 0.5],
  ['input.n > 5 ? "many" : input.n > 1 ? input.n : null', 2],
  ['(input.n > 1 ? (1 + 2) * 3 : "a") == 9 ? "yes" : 5', "yes"],
  ['input.n > 1 ? "a ? b : c" : 0', "a ? b : c"],
  ["(input.n > 1 ? 1 : 0.5) + 1", 2],
  ["input.f in [1, 2]", false],
  ["input.n in [1.0, 2.0]", true],
  ["(input.n) in [1.5]", false],
  ['"s" in input', true],
  ['"zz" in input || input.s in ["x", "y"]', true],
])("numbers and choices of two kinds go together: %s", (source, value) => {
  expect(problemsOf(source)).toEqual([]);
  expect(answerOf(source)).toEqual(value);
});

test.each(['input.n == "a"', '(input.n > 1 ? 1 : "a") + input.s - 1', "input.s in [1]", "input.s - 1"])(
  "what is wrong stays wrong: %s",
  (source) => {
    expect(problemsOf(source)).toHaveLength(1);
  },
);

test("places are those of what was written", () => {
  const source = '(input.n > 1 ? 1 : "a") == 1 && input.zz == 1';
  const [problem] = checkExpression(source, scope, "any").problems;

  expect(source.slice(problem?.start, problem?.end)).toBe("zz");
  expect(() => answerOf('(input.n > 1 ? 1 : "a") == 1 && input.zz == 1')).toThrow('"zz" does not exist');
});
