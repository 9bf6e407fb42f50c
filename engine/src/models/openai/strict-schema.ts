import type { Json, JsonSchema } from "@signalbox/shared/json";

const NOT_IN_STRICT = new Set([
  "allOf",
  "contains",
  "dependentRequired",
  "dependentSchemas",
  "else",
  "if",
  "maxContains",
  "maxProperties",
  "minContains",
  "minProperties",
  "not",
  "oneOf",
  "patternProperties",
  "prefixItems",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
  "uniqueItems",
]);

/**
 * OpenAI guarantees a schema only in its strict form: every object closed and every property required. We close objects
 * and read a missing `required` as "all of them"; a schema that makes some properties optional on purpose, or uses words
 * that strict mode does not know, is sent as it is and not guaranteed. The answer is validated afterwards either way.
 */
export function strictly(schema: JsonSchema): { schema: JsonSchema; strict: boolean } {
  const tightened = tighten(schema);
  const isObject = tightened?.type === "object" && tightened.anyOf === undefined;
  return tightened && isObject ? { schema: tightened, strict: true } : { schema, strict: false };
}

function tighten(schema: JsonSchema): JsonSchema | undefined {
  const result: JsonSchema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (NOT_IN_STRICT.has(key)) return undefined;
    const inner = tightenField(key, value);
    if (inner === undefined) return undefined;
    result[key] = inner;
  }
  if (result.type === undefined) Object.assign(result, typeOfValues(result));
  if (result.type !== "object" && result.properties === undefined) return result;
  const names = Object.keys(asObject(result.properties) ?? {});
  const required = Array.isArray(result.required) ? result.required : names;
  const open = result.additionalProperties !== undefined && result.additionalProperties !== false;
  if (open || names.some((name) => !required.includes(name))) return undefined;
  return { ...result, type: "object", properties: result.properties ?? {}, required, additionalProperties: false };
}

function tightenField(key: string, value: Json): Json | undefined {
  if (key === "properties" || key === "$defs" || key === "definitions") {
    const fields = Object.entries(asObject(value) ?? {}).map(([name, field]) => [name, tightenValue(field)] as const);
    const kept = fields.flatMap(([name, field]): [string, Json][] => (field === undefined ? [] : [[name, field]]));
    return kept.length === fields.length ? Object.fromEntries(kept) : undefined;
  }
  if (key === "items") return tightenValue(value);
  if (key !== "anyOf" || !Array.isArray(value)) return value;
  const branches = value.map(tightenValue).filter((branch) => branch !== undefined);
  return branches.length === value.length ? branches : undefined;
}

function tightenValue(value: Json): Json | undefined {
  const schema = asObject(value);
  if (!schema) return undefined;
  const tightened = tighten(schema);
  // strict mode wants to know what every value is
  const says = tightened && ("type" in tightened || "anyOf" in tightened || "$ref" in tightened);
  return says ? tightened : undefined;
}

function typeOfValues(schema: JsonSchema): JsonSchema {
  const values = Array.isArray(schema.enum) ? schema.enum : "const" in schema ? [schema.const] : [];
  const types = new Set(values.map((value) => typeof value));
  const [type] = types;
  return types.size === 1 && (type === "string" || type === "number" || type === "boolean") ? { type } : {};
}

function asObject(value: Json | undefined): { [key: string]: Json } | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
}
