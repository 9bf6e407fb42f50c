import { expect, test } from "vitest";
import { strictly } from "./strict-schema.ts";

test("objects are closed and a missing `required` means all", () => {
  const inner = { type: "object", properties: { a: { type: "string" } } };
  const { schema, strict } = strictly({ type: "object", properties: { list: { type: "array", items: inner } } });
  expect(strict).toBe(true);
  expect(schema).toEqual({
    type: "object",
    properties: { list: { type: "array", items: { ...inner, required: ["a"], additionalProperties: false } } },
    required: ["list"],
    additionalProperties: false,
  });
});

test("a schema of our own agents' default is strict as it is", () => {
  const schema = { type: "object", properties: { n: { type: ["integer", "null"] } }, required: ["n"] };
  expect(strictly(schema).strict).toBe(true);
});

test.each([
  { type: "object", properties: { a: { type: "string" }, b: { type: "string" } }, required: ["a"] },
  { type: "object", additionalProperties: { type: "string" } },
  { type: "object", properties: { a: { oneOf: [{ type: "string" }] } }, required: ["a"] },
  { type: "object", properties: { a: {} }, required: ["a"] },
  { type: "array", items: { type: "string" } },
  { anyOf: [{ type: "object", properties: {} }] },
  {},
])("%o is sent as it is, without the guarantee", (schema) => {
  expect(strictly(schema)).toEqual({ schema, strict: false });
});
