import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../json/index.ts";
import { anyExpression, anyTemplate } from "../testing/any-graph.ts";
import { anyJson } from "../testing/any-of.ts";
import { checkExpression, checkTemplate, type Expected, referencesOf } from "./check.ts";
import { evaluateExpression } from "./evaluate.ts";
import { ExpressionError } from "./problem.ts";
import { readTemplate, renderTemplate } from "./template.ts";

const scope = [
  { name: "input", schema: { type: "object", properties: { n: { type: "integer" } } } },
  { name: "a", schema: null, optional: true },
  { name: "b", schema: { type: "object", properties: { case: { type: "string" } } } },
];
const anyExpected = fc.constantFrom<Expected>("boolean", "list", "string", "timestamp", "any");
const manyTries = { numRuns: 600 };

test("no text makes the check of an expression fail, and what it finds lies within the text", () => {
  fc.assert(
    fc.property(anyExpression, anyExpected, (source, expected) => {
      const { problems, references } = checkExpression(source, scope, expected);

      for (const { code, detail, start, end } of problems) {
        expect([code, detail]).toEqual([expect.stringMatching(/^(expression|template)_/), expect.stringMatching(/\S/)]);
        expect([0 <= start, start <= end, end <= source.length + 1]).toEqual([true, true, true]);
      }
      for (const { name, start, end } of references) expect(source.slice(start, end)).toContain(name);
    }),
    manyTries,
  );
});

test("no text makes the check of a template fail, and what it finds lies within the text", () => {
  fc.assert(
    fc.property(anyTemplate, (source) => {
      const { problems } = checkTemplate(source, scope);

      for (const { start, end } of problems) expect([start <= end, end <= source.length + 1]).toEqual([true, true]);
      for (const { name } of referencesOf(source, "template")) expect(source).toContain(name);
    }),
    manyTries,
  );
});

test("whatever an expression or a template says, it gives a JSON value or says why not", () => {
  fc.assert(
    fc.property(anyExpression, anyTemplate, anyJson(), (expression, template, value) => {
      const values = new Map<string, Json>([
        ["input", value],
        ["a", value],
        ["item", value],
      ]);
      for (const work of [() => evaluateExpression(expression, values), () => renderTemplate(template, values)]) {
        try {
          const result = work();
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }
    }),
    manyTries,
  );
});

test("text without braces is text, and braces that are doubled stand for themselves", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const plain = text.replaceAll("{", "");

      expect(renderTemplate(plain, new Map())).toBe(plain);
      expect(renderTemplate(`{{{{${plain}`, new Map())).toBe(`{{${plain}`);
      expect(renderTemplate(`${plain}{{ input }}`, new Map([["input", { a: 1 }]]))).toEqual(
        plain.trim() === "" ? { a: 1 } : `${plain}{"a":1}`,
      );
    }),
  );
});

test("the parts of a template are all of its text", () => {
  fc.assert(
    fc.property(anyTemplate, (source) => {
      const read = readTemplate(source);
      fc.pre("parts" in read);
      const again = read.parts.map((part) =>
        "text" in part ? part.text.replaceAll("{{", "{{{{") : `{{${part.source}}}`,
      );
      for (const part of read.parts) {
        if ("source" in part) expect(source.startsWith(part.source, part.start)).toBe(true);
      }
      expect(readTemplate(again.join(""))).toMatchObject({
        parts: read.parts.map((part) => ("text" in part ? part : { source: part.source })),
      });
    }),
  );
});
