import { expect, test } from "vitest";
import { glance, opensAtFirst, sizeWords } from "./entries.ts";
import { writeValue } from "./write.ts";

test("a closed line shows how its value begins", () => {
  expect(glance({ id: 3, name: "Row", list: [1], more: true })).toBe('id: 3, name: "Row", list: […], …');
  expect(glance([1, null, { a: 1 }])).toBe("1, null, {…}");
  expect(glance({ text: "x".repeat(100) }).length).toBeLessThan(40);
});

test("short values near the top are open at first, long lists are not", () => {
  expect(opensAtFirst({ a: 1 }, 5)).toBe(true);
  expect(
    opensAtFirst(
      Array.from({ length: 900 }, () => 0),
      0,
    ),
  ).toBe(false);
  expect(sizeWords([1])).toBe("1 item");
});

test("a value as text is cut where it gets long", () => {
  expect(writeValue("x".repeat(20), 10)).toBe(`${"x".repeat(10)}…`);
  expect(writeValue({ a: 1 }, 100)).toBe('{\n  "a": 1\n}');
});
