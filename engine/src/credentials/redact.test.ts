import { expect, test } from "vitest";
import { redactor } from "./redact.ts";

const secret = 'p"ss wörd/1';

test.each([
  ["as it is", secret],
  ["in base64", Buffer.from(secret).toString("base64")],
  ["in a URL", encodeURIComponent(secret)],
  ["inside JSON", JSON.stringify({ key: secret })],
])("a secret is taken out of what came back %s", (_name, said) => {
  const clean = redactor([secret]);
  const value = clean({ deep: [{ [said]: `it was ${said}!` }], n: 1, nothing: null });
  expect(JSON.stringify(value)).not.toContain("ss w");
  expect(value).toMatchObject({ n: 1, nothing: null });
});

test("without a secret everything stays as it is", () => {
  const value = { a: ["secret"] };
  expect(redactor([])(value)).toBe(value);
});
