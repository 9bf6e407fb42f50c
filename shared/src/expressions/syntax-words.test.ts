import { expect, test } from "vitest";
import { checkExpression } from "./check.ts";

const scope = [
  { name: "a", schema: null },
  { name: "b", schema: null },
];

test.each([
  ["a.", "A name is missing at the end."],
  ["a..b", 'A name is missing before ".".'],
  ["(a", '")" is missing at the end.'],
  ["a ==", "The expression ends too early."],
  ["== 1", '"==" cannot stand here.'],
  ["a b", '"b" cannot stand here.'],
  ["a = b", 'A single "=" means nothing here. Compare with "==".'],
  ["'abc", "A text in quotes is not closed."],
])("%s is refused in words for people", (source, sentence) => {
  expect(checkExpression(source, scope, "any").problems.map(({ detail }) => detail)).toEqual([sentence]);
});
