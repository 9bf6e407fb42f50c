import { describe, expect, it } from "vitest";
import { fieldsOf, initialValue, missingIn } from "./schema-fields.ts";

const schema = {
  type: "object",
  properties: {
    customer: { type: "string", title: "Customer" },
    urgency: { enum: ["low", "high"], default: "low" },
    count: { type: "integer", description: "How many." },
    paid: { type: "boolean" },
    lines: { type: "array" },
  },
  required: ["customer", "paid"],
};

describe("a form made from a JSON Schema", () => {
  it("has a control that fits each property", () => {
    expect(fieldsOf(schema).map(({ title, kind, required }) => [title, kind, required])).toEqual([
      ["Customer", "text", true],
      ["urgency", "choice", false],
      ["count", "number", false],
      ["paid", "boolean", true],
      ["lines", "json", false],
    ]);
  });

  it("starts with what is known, and with defaults where nothing is", () => {
    expect(initialValue(schema, { customer: "Ada", other: 1 })).toEqual({
      customer: "Ada",
      urgency: "low",
      paid: false,
    });
    expect(initialValue(schema, null)).toEqual({ urgency: "low", paid: false });
  });

  it("names what is still missing; a box that is not ticked is an answer", () => {
    expect(missingIn(schema, { customer: "" })).toEqual(["Customer"]);
    expect(missingIn(schema, { customer: "Ada" })).toEqual([]);
  });
});
