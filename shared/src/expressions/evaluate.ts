import type { Json, JsonSchema } from "../json/index.ts";
import { celFacts, compile } from "./compile.ts";
import { ExpressionError } from "./problem.ts";

export type Values = ReadonlyMap<string, Json>;
/** Schemas of named values, where known: what they call an integer is one in arithmetic, so that 7 / 2 is 3. */
export type Schemas = ReadonlyMap<string, JsonSchema | null>;

const none: Schemas = new Map();

/**
 * The value of an expression over plain JSON. Numbers are doubles unless a schema says integer; `size`, `index` and the
 * like are integers; what comes out is plain JSON again. Throws ExpressionError.
 */
export function evaluateExpression(source: string, values: Values, schemas: Schemas = none): Json {
  const { run, placeOf, references, problems } = compile(source);
  const [problem] = problems;
  if (!run) throw new ExpressionError(problem?.detail ?? "This is no expression.", problem?.start, problem?.end);
  const context: Record<string, unknown> = Object.create(null);
  for (const { name } of references) {
    const value = values.get(name);
    if (value !== undefined) context[name] = withIntegers(value, schemas.get(name));
  }
  try {
    return plain(run(context));
  } catch (error) {
    throw explained(error, source, values, placeOf);
  }
}

function explained(
  error: unknown,
  source: string,
  values: Values,
  placeOf: (place: number) => number = (place) => place,
): ExpressionError {
  if (error instanceof ExpressionError) return error;
  const { code, summary, range: place } = celFacts(error);
  const range = { start: placeOf(place.start), end: placeOf(place.end) };
  const text = source.slice(range.start, range.end);
  const options = { cause: error };
  if (code === "unknown_variable") {
    return new ExpressionError(`"${text}" is not known here, in ${source.trim()}.`, range.start, range.end, options);
  }
  if (code === "no_such_key") {
    const of = source.slice(0, range.start).replace(/[.[]\s*$/, "");
    const value = values.get(of);
    const known = value !== null && typeof value === "object" ? Object.keys(value).join(", ") : "";
    const because = value === null ? `: ${of} did not run, or is null` : known === "" ? "" : `: ${of} has ${known}`;
    return new ExpressionError(
      `"${text}" does not exist, in ${source.trim()}${because}.`,
      range.start,
      range.end,
      options,
    );
  }
  return new ExpressionError(`${source.trim()} cannot be worked out: ${summary}.`, range.start, range.end, options);
}

/** Integers of the schema as the integers of the language. Walks only where a schema names one. */
function withIntegers(value: Json, schema: JsonSchema | null | undefined): unknown {
  if (!schema || !mentionsInteger(schema)) return value;
  if (typeof value === "number")
    return schema.type === "integer" && Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item) => withIntegers(item, asSchema(schema.items)));
  if (value === null || typeof value !== "object") return value;
  const properties = asSchema(schema.properties);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      withIntegers(item, properties && Object.hasOwn(properties, key) ? asSchema(properties[key]) : null),
    ]),
  );
}

const mentions = new WeakMap<JsonSchema, boolean>();

function mentionsInteger(schema: JsonSchema): boolean {
  const known = mentions.get(schema);
  if (known !== undefined) return known;
  const found = JSON.stringify(schema).includes('"integer"');
  mentions.set(schema, found);
  return found;
}

function asSchema(value: Json | undefined): JsonSchema | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
}

/** A value of the language as plain JSON. */
function plain(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]));
  const prototype: unknown = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (prototype === Object.prototype || prototype === null) {
    return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, plain(item)]));
  }
  throw new ExpressionError("The result is no JSON value. Turn it into text with string(…).");
}
