import { expect, test } from "vitest";
import { withGuard } from "./guard.ts";

test("a reference alone in its braces is asked for first", () => {
  expect(withGuard("Hi {{ a.b }}!", [], { start: 6, end: 9 })).toBe('Hi {{ has(a.b) ? a.b : "" }}!');
});

test("within a larger expression the question stands in brackets", () => {
  expect(withGuard("a.b == 'x'", [], { start: 0, end: 3 })).toBe("(has(a.b) ? a.b : \"\") == 'x'");
});

test("only the text at the place changes", () => {
  const cases = [
    { id: "x", when: "true" },
    { id: "y", when: "a.b" },
  ];
  expect(withGuard(cases, ["1", "when"], { start: 0, end: 3 })).toEqual([
    cases[0],
    { id: "y", when: 'has(a.b) ? a.b : ""' },
  ]);
});
