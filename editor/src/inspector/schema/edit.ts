import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";

/** What a property holds, in the words of the builder. Anything else is `custom`: it is kept, and written as JSON. */
type Kind = "text" | "number" | "integer" | "boolean" | "choice" | "object" | "any" | "custom";

/** A kind, alone or as a list of it. */
export type Shape = Kind | `list:${Exclude<Kind, "custom">}`;

/** One property of an object schema. */
export interface Property {
  name: string;
  schema: JsonSchema;
  required: boolean;
}

const plainTypes = { string: "text", number: "number", integer: "integer", boolean: "boolean" } as const;
const typeWords = { text: "string", number: "number", integer: "integer", boolean: "boolean" } as const;

/** Words that say more of a property than the builder can show. */
const beyond = ["$ref", "anyOf", "oneOf", "allOf", "not", "if", "const", "prefixItems", "patternProperties", "$defs"];

/** Whether the builder can show a schema as a list of properties. */
export function isBuildable(schema: JsonSchema): boolean {
  const { type, properties } = schema;
  const isObject = type === "object" || (type === undefined && properties !== undefined);
  return isObject && !beyond.some((word) => Object.hasOwn(schema, word)) && isMap(properties ?? {});
}

/** The properties of a schema, in the order in which they were written. */
export function propertiesIn(schema: JsonSchema | undefined): Property[] {
  const required = requiredOf(schema);
  return Object.entries(asMap(schema?.properties)).map(([name, property]) => ({
    name,
    schema: asMap(property),
    required: required.includes(name),
  }));
}

/** What a property holds. */
export function shapeOf(schema: JsonSchema): Shape {
  const kind = kindOf(schema);
  if (kind !== "custom" || schema.type !== "array" || !isMap(schema.items)) return kind;
  if (beyond.some((word) => Object.hasOwn(schema, word))) return kind;
  const item = kindOf(schema.items);
  return item === "custom" ? "custom" : `list:${item}`;
}

function kindOf(schema: JsonSchema): Kind {
  if (beyond.some((word) => Object.hasOwn(schema, word))) return "custom";
  const { type, enum: choices } = schema;
  if (Array.isArray(choices)) return choices.every((one) => typeof one === "string") ? "choice" : "custom";
  if (type === "object") return isMap(schema.properties ?? {}) ? "object" : "custom";
  if (type === undefined) return schema.properties === undefined && schema.items === undefined ? "any" : "custom";
  return typeof type === "string" && Object.hasOwn(plainTypes, type)
    ? plainTypes[type as keyof typeof plainTypes]
    : "custom";
}

/** A property of another shape; its title and description stay. */
export function withShape(schema: JsonSchema, shape: Shape): JsonSchema {
  if (shape === "custom" || shape === shapeOf(schema)) return schema;
  const { title, description } = schema;
  const said = { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) };
  if (!shape.startsWith("list:")) return { ...schemaOf(shape as Kind, schema), ...said };
  const kind = shape.slice("list:".length) as Kind;
  // a list of what it was before keeps what was said of that
  const item = kindOf(schema) === kind ? withoutWords(schema) : schemaOf(kind, asMap(schema.items));
  return { type: "array", items: item, ...said };
}

function schemaOf(kind: Kind, before: JsonSchema): JsonSchema {
  const items = asMap(before.items);
  if (kind === "choice") return { enum: choicesOf(before).length > 0 ? [...choicesOf(before)] : ["one", "two"] };
  if (kind === "object") {
    if (kindOf(items) === "object") return items;
    return { type: "object", properties: {}, additionalProperties: false };
  }
  return kind === "any" || kind === "custom" ? {} : { type: typeWords[kind] };
}

function withoutWords({ title: _title, description: _description, ...rest }: JsonSchema): JsonSchema {
  return rest;
}

/** The part of a property that has choices or properties of its own: itself, or the items of a list. */
export function innerOf(schema: JsonSchema): JsonSchema {
  return shapeOf(schema).startsWith("list:") ? asMap(schema.items) : schema;
}

/** A property with another inner part. */
export function withInner(schema: JsonSchema, inner: JsonSchema): JsonSchema {
  return shapeOf(schema).startsWith("list:") ? { ...schema, items: inner } : inner;
}

/** The words one may choose from. */
export function choicesOf(schema: JsonSchema): readonly string[] {
  return Array.isArray(schema.enum) ? schema.enum.filter((one) => typeof one === "string") : [];
}

/** A schema with one property more; without a schema, with the first one. */
export function addProperty(schema: JsonSchema | undefined): JsonSchema {
  const base = schema ?? { type: "object", properties: {}, required: [], additionalProperties: false };
  const properties = asMap(base.properties);
  const name = freeName(properties);
  return {
    ...base,
    properties: { ...properties, [name]: { type: "string" } },
    required: [...requiredOf(base), name],
  };
}

function freeName(properties: JsonObject): string {
  if (!Object.hasOwn(properties, "field")) return "field";
  for (let count = 2; ; count += 1) if (!Object.hasOwn(properties, `field_${count}`)) return `field_${count}`;
}

/** A schema in which one property is another, perhaps by another name. */
export function putProperty(schema: JsonSchema, was: string, { name, schema: next, required }: Property): JsonSchema {
  const entries = Object.entries(asMap(schema.properties)).map(([key, value]) =>
    key === was ? [name, next] : [key, value],
  );
  const before = requiredOf(schema);
  const rest = before.map((one) => (one === was ? name : one)).filter((one) => one !== name || required);
  return withRequired(
    { ...schema, properties: Object.fromEntries(entries) as JsonObject },
    required && !rest.includes(name) ? [...rest, name] : rest,
  );
}

/** A schema without one property; nothing when it was the last one. */
export function removeProperty(schema: JsonSchema, name: string): JsonSchema | undefined {
  const entries = Object.entries(asMap(schema.properties)).filter(([key]) => key !== name);
  if (entries.length === 0) return undefined;
  const required = requiredOf(schema).filter((one) => one !== name);
  return withRequired({ ...schema, properties: Object.fromEntries(entries) }, required);
}

function withRequired(schema: JsonSchema, required: readonly string[]): JsonSchema {
  const before = requiredOf(schema);
  if (before.length === required.length && before.every((one, index) => one === required[index])) return schema;
  const { required: _was, ...rest } = schema;
  return required.length === 0 ? rest : { ...schema, required: [...required] };
}

/** Why a property cannot have this name. */
export function nameProblem(properties: readonly Property[], was: string, name: string): string | undefined {
  if (name === "") return "Give it a name.";
  if (name !== was && properties.some((one) => one.name === name)) return `There is another "${name}".`;
  return undefined;
}

function requiredOf(schema: JsonSchema | undefined): readonly string[] {
  return Array.isArray(schema?.required) ? schema.required.filter((one) => typeof one === "string") : [];
}

function isMap(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function asMap(value: Json | undefined): JsonObject {
  return isMap(value) ? value : {};
}
