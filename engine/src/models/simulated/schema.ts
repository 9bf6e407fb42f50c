import type { Json, JsonSchema } from "@signalbox/shared/json";

/** Whether this is a JSON object. */
export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The schemas in a list of schemas; `true` is the schema of anything. */
export function schemasIn(value: Json | undefined): JsonSchema[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => (isObject(entry) ? [entry] : entry === true ? [{}] : []));
}

/** The schema with its `$ref` followed and its `allOf` and chosen branch of `anyOf`/`oneOf` put into one. */
export function flatten(schema: JsonSchema, root: JsonSchema, choose: (count: number) => number): JsonSchema {
  let flat = schema;
  // a `$ref` that leads to itself must end somewhere
  for (let step = 0; step < 32; step += 1) {
    const { $ref, allOf, anyOf, oneOf, ...rest } = flat;
    if (typeof $ref === "string") {
      const target = lookUp($ref, root);
      flat = merge({ ...rest, ...listed({ allOf, anyOf, oneOf }) }, target ?? {});
    } else if (allOf !== undefined) {
      flat = schemasIn(allOf).reduce(merge, { ...rest, ...listed({ anyOf, oneOf }) });
    } else if (anyOf !== undefined || oneOf !== undefined) {
      const field = anyOf === undefined ? oneOf : anyOf;
      const other = anyOf === undefined ? {} : listed({ oneOf });
      const branches = schemasIn(field);
      // null says the least: it is taken only where nothing else may be
      const telling = branches.filter((branch) => branch.type !== "null");
      const branch = telling[choose(telling.length)] ?? branches[0] ?? {};
      flat = merge({ ...rest, ...other }, branch);
    } else {
      return flat;
    }
  }
  return {};
}

function listed(fields: { [key: string]: Json | undefined }): JsonSchema {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function lookUp(ref: string, root: JsonSchema): JsonSchema | undefined {
  if (!ref.startsWith("#")) return undefined;
  const steps = ref.slice(1).split("/").slice(1);
  let found: Json | undefined = root;
  for (const step of steps) {
    const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    found = isObject(found) ? found[key] : Array.isArray(found) ? found[Number(key)] : undefined;
  }
  return isObject(found) ? found : undefined;
}

const TIGHTER: Record<string, (a: number, b: number) => number> = {
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  minLength: Math.max,
  minItems: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
};

/** What both schemas ask for, as far as one schema can say it plainly. */
function merge(one: JsonSchema, other: JsonSchema): JsonSchema {
  const both: JsonSchema = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = both[key];
    both[key] = before === undefined ? value : mergeKeyword(key, before, value);
  }
  return both;
}

function mergeKeyword(key: string, before: Json, value: Json): Json {
  const tighter = TIGHTER[key];
  if (tighter && typeof before === "number" && typeof value === "number") return tighter(before, value);
  if (Array.isArray(before) && Array.isArray(value)) {
    if (key === "required" || key === "allOf") return [...before, ...value];
    if (key === "enum" || key === "type") return before.filter((entry) => value.includes(entry));
  }
  if (key === "type" && Array.isArray(before)) return value;
  if (key === "type" && Array.isArray(value)) return before;
  if (key === "properties" && isObject(before) && isObject(value)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(value)])];
    return Object.fromEntries(names.map((name) => [name, mergeProperty(before[name], value[name])]));
  }
  return value;
}

function mergeProperty(one: Json | undefined, other: Json | undefined): Json {
  if (isObject(one) && isObject(other)) return merge(one, other);
  return (isObject(one) ? one : other) ?? one ?? true;
}

/** The one type to write for a flat schema; where it names none, its other words say it. */
export function typeOf(schema: JsonSchema): string {
  const { type } = schema;
  if (typeof type === "string") return type;
  if (Array.isArray(type)) {
    const telling = type.find((name) => name !== "null");
    return typeof telling === "string" ? telling : "null";
  }
  if ("properties" in schema || "required" in schema || isObject(schema.additionalProperties)) return "object";
  if ("items" in schema || "prefixItems" in schema || "minItems" in schema) return "array";
  if ("minimum" in schema || "maximum" in schema || "multipleOf" in schema) return "number";
  return "string";
}
