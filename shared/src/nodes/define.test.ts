import { expect, test } from "vitest";
import { checkExpression } from "../expressions/check.ts";
import { evaluateExpression } from "../expressions/evaluate.ts";
import { isNodeId } from "./define.ts";

// words that mean something to the language, to its library or to JavaScript
const words =
  "google timestamp duration dyn optional cel proto type bytes uint math strings json object any list map message enum value " +
  "none self this size has test iter error never param all exists filter get set url constructor prototype valueof in if loop as";

test.each(words.split(" "))("%s is refused as an id, or is a name in expressions", (word) => {
  if (!isNodeId(word)) return;
  const source = `${word}.a + 1`;
  expect(checkExpression(source, [{ name: word, schema: null }], "any").problems).toEqual([]);
  expect(evaluateExpression(source, new Map([[word, { a: 1 }]]))).toBe(2);
});

test("what the language needs for itself is refused, names of functions are not", () => {
  for (const word of ["google", "optional", "cel", "int", "loop", "input"]) expect(isNodeId(word)).toBe(false);
  for (const word of ["size", "timestamp", "matches"]) expect(isNodeId(word)).toBe(true);
});
