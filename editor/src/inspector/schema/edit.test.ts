import type { JsonSchema } from "@signalbox/shared/json";
import { expect, test } from "vitest";
import {
  addProperty,
  innerOf,
  isBuildable,
  nameProblem,
  propertiesIn,
  putProperty,
  removeProperty,
  type Shape,
  shapeOf,
  withInner,
  withShape,
} from "./edit.ts";

const schema: JsonSchema = {
  type: "object",
  title: "Answer",
  properties: {
    urgency: { enum: ["high", "low"], description: "How soon." },
    tags: { type: "array", items: { type: "string", maxLength: 20 }, maxItems: 5 },
    odd: { anyOf: [{ type: "string" }, { type: "null" }] },
  },
  required: ["urgency", "tags"],
  additionalProperties: false,
};

test("putting every property back as it is changes nothing", () => {
  const again = propertiesIn(schema).reduce((now, property) => putProperty(now, property.name, property), schema);
  expect(JSON.stringify(again)).toBe(JSON.stringify(schema));
});

test("what the builder does not know is kept, and told apart", () => {
  expect(propertiesIn(schema).map((property) => shapeOf(property.schema))).toEqual(["choice", "list:text", "custom"]);
  const odd = schema.properties as JsonSchema;
  expect(withShape(odd.odd as JsonSchema, "custom")).toBe(odd.odd);
});

test("a renamed property keeps its place, its schema and whether it is required", () => {
  const [, tags] = propertiesIn(schema);
  if (!tags) throw new Error("tags is the second");
  const next = putProperty(schema, "tags", { ...tags, name: "labels" });
  expect(propertiesIn(next).map(({ name, required }) => [name, required])).toEqual([
    ["urgency", true],
    ["labels", true],
    ["odd", false],
  ]);
});

test("without its last property a schema is gone", () => {
  expect(removeProperty(addProperty(undefined), "field")).toBeUndefined();
});

test("new properties have names of their own", () => {
  const names = propertiesIn(addProperty(addProperty(undefined))).map(({ name }) => name);
  expect(names).toEqual(["field", "field_2"]);
  expect(nameProblem(propertiesIn(schema), "urgency", "tags")).toContain("another");
});

test.each<Shape>(["text", "number", "integer", "boolean", "choice", "object", "any", "list:text", "list:object"])(
  "a property made into %s is one, and keeps its description",
  (shape) => {
    const made = withShape({ type: "string", description: "Why" }, shape);
    expect(shapeOf(made)).toBe(shape);
    expect(made.description).toBe("Why");
  },
);

test("a list of objects keeps the properties of the object it was made of", () => {
  const object: JsonSchema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
  const list = withShape(object, "list:object");
  expect(innerOf(list)).toEqual(object);
  expect(withShape(list, "object")).toEqual(object);
  expect(withInner(list, { ...object, required: [] })).toEqual({ type: "array", items: { ...object, required: [] } });
});

test("a schema that is no object is written as JSON", () => {
  expect(isBuildable({ type: "array" })).toBe(false);
  expect(isBuildable({ $ref: "#/$defs/a" })).toBe(false);
  expect(isBuildable(schema)).toBe(true);
});
