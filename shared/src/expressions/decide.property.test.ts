import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonSchema } from "../json/index.ts";
import { checkExpression } from "./check.ts";
import { decide } from "./decide.ts";
import { evaluateExpression } from "./evaluate.ts";
import type { ScopeVariable } from "./scope-variable.ts";

const schema: JsonSchema = {
  type: "object",
  properties: {
    u: { enum: ["a", "b"] },
    n: { type: "integer", minimum: 0, maximum: 3 },
    x: { type: "number", exclusiveMinimum: 1 },
    f: { type: "boolean" },
    s: { type: "string" },
  },
};
const scope: ScopeVariable[] = [{ name: "v", schema }];
const values = fc.record({
  v: fc.record({
    u: fc.constantFrom("a", "b"),
    n: fc.integer({ min: 0, max: 3 }),
    x: fc.constantFrom(1.5, 2, 3, 7),
    f: fc.boolean(),
    s: fc.constantFrom("a", "", "c"),
  }),
});

const sign = fc.constantFrom("==", "!=", "<", "<=", ">", ">=");
const text = fc.constantFrom("'a'", '"b"', "'c'", "'ab'");
const atom = fc.oneof(
  fc.tuple(fc.constantFrom("v.u", "v.s"), fc.constantFrom("==", "!="), text).map((parts) => parts.join(" ")),
  fc.tuple(text, fc.constantFrom("==", "!="), fc.constantFrom("v.u", "v.s")).map((parts) => parts.join(" ")),
  fc.tuple(fc.constantFrom("v.n", "v.x"), sign, fc.integer({ min: -1, max: 4 })).map((parts) => parts.join(" ")),
  fc.tuple(fc.integer({ min: -1, max: 4 }), sign, fc.constantFrom("v.n", "v.x")).map((parts) => parts.join(" ")),
  fc.array(text, { maxLength: 3 }).map((list) => `v.u in [${list.join(", ")}]`),
  fc.constantFrom("v.f", "true", "false", "1 > 2", "v.f == true", "v.u == v.s", "size(v.s) > 0", 'v["u"] == "a"'),
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small" },
    atom,
    tie("condition").map((one) => `!(${one})`),
    fc
      .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
      .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
  ),
}));

test("what is said to be always true, or never, is so for every value that fits the schema", () => {
  const said = { always: 0, never: 0 };
  fc.assert(
    fc.property(condition, fc.array(values, { minLength: 8, maxLength: 8 }), (source, worlds) => {
      if (checkExpression(source, scope, "boolean").problems.length > 0) return;
      const verdict = decide(source, scope);
      if (verdict === undefined) return;
      said[verdict === "always" ? "always" : "never"] += 1;
      for (const { v } of worlds) {
        const truth = evaluateExpression(source, new Map([["v", v]]), new Map([["v", schema]]));
        expect([source, truth]).toEqual([source, verdict === "always"]);
      }
      if (verdict === "always") return;
      expect(verdict.detail).toMatch(/\S.*[.?]$/);
      expect(verdict.start).toBeLessThanOrEqual(verdict.end);
      expect(verdict.end).toBeLessThanOrEqual(source.length);
    }),
    { numRuns: 3000 },
  );
  // else this proves nothing
  expect(Math.min(said.always, said.never)).toBeGreaterThan(50);
}, 30_000);

test.each([
  ["too many ways to be true are not looked at", Array(8).fill("(v.f || v.f)").join(" && "), undefined],
  ["a list of nothing holds nothing", "v.s in []", { detail: "v.s in [] is never true.", start: 0, end: 9 }],
  ["null is no value of a list of values", "v.u == null", undefined],
  ["two calculated values are not compared", "v.n + 1 == 7", undefined],
])("%s", (_what, source, verdict) => {
  expect(decide(source, scope)).toEqual(verdict);
});
