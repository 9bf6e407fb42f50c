import { canonicalJson, type Json, type JsonSchema } from "../json/index.ts";
import { checkFormat } from "./format.ts";

/** Why a value does not fit a schema, with the path of the value at fault (`items.2.name`). */
export interface Misfit {
  path: string;
  detail: string;
}

interface Walk {
  root: JsonSchema;
  misfits: Misfit[];
  depth: number;
}

/** A schema that refers to itself may be walked this deep. */
const deepest = 64;
/** More misfits than this help nobody. */
const mostMisfits = 20;

/**
 * How a value misses a JSON Schema (draft 2020-12, the words that people and models write; unknown words are passed
 * over, as the standard says). An interpreter: no schema ever becomes code. Empty when it fits.
 */
export function validateJson(schema: JsonSchema | boolean, value: Json): Misfit[] {
  const walk: Walk = { root: isSchema(schema) ? schema : {}, misfits: [], depth: 0 };
  check(schema, value, "", walk);
  return walk.misfits.slice(0, mostMisfits);
}

function check(schema: Json | undefined, value: Json, path: string, walk: Walk): void {
  if (schema === false) {
    walk.misfits.push({ path, detail: "Nothing is allowed here." });
    return;
  }
  if (!isSchema(schema) || walk.depth > deepest || walk.misfits.length >= mostMisfits) return;
  const inner: Walk = { ...walk, depth: walk.depth + 1 };
  const misfit = (detail: string) => {
    walk.misfits.push({ path, detail });
  };
  checkReference(schema, value, path, inner);
  if (!checkType(schema, value, misfit)) return;
  checkChoice(schema, value, misfit);
  if (typeof value === "string") checkText(schema, value, misfit);
  else if (typeof value === "number") checkNumber(schema, value, misfit);
  else if (Array.isArray(value)) checkList(schema, value, path, inner, misfit);
  else if (value !== null && typeof value === "object") checkObject(schema, value, path, inner, misfit);
  checkCombined(schema, value, path, inner, misfit);
}

function fits(schema: Json, value: Json, walk: Walk): boolean {
  const trial: Walk = { ...walk, misfits: [] };
  check(schema, value, "", trial);
  return trial.misfits.length === 0;
}

function checkReference({ $ref }: JsonSchema, value: Json, path: string, walk: Walk): void {
  if (typeof $ref !== "string") return;
  const target = $ref === "#" ? walk.root : $ref.startsWith("#/") ? resolve(walk.root, $ref.slice(2)) : undefined;
  if (target !== undefined) check(target, value, path, walk);
}

function resolve(root: Json, pointer: string): Json | undefined {
  let found: Json | undefined = root;
  for (const part of pointer.split("/")) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(found)) found = found[Number(key)];
    else if (isSchema(found) && Object.hasOwn(found, key)) found = found[key];
    else return undefined;
  }
  return found;
}

type Say = (detail: string) => void;

const typeNames: Record<string, string> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "null",
};

function checkType({ type }: JsonSchema, value: Json, say: Say): boolean {
  if (type === undefined) return true;
  const types = (Array.isArray(type) ? type : [type]).filter((one) => typeof one === "string");
  if (types.some((one) => isOfType(one, value))) return true;
  say(`This must be ${types.map((one) => typeNames[one] ?? one).join(" or ")}.`);
  return false;
}

function isOfType(type: string, value: Json): boolean {
  if (type === "integer") return typeof value === "number" && Number.isInteger(value);
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return value !== null && typeof value === "object" && !Array.isArray(value);
  return typeof value === type;
}

function checkChoice(schema: JsonSchema, value: Json, say: Say): void {
  const { enum: choices } = schema;
  if (Array.isArray(choices) && !choices.some((choice) => same(choice, value))) {
    say(`This must be one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}.`);
  }
  if (schema.const !== undefined && !same(schema.const, value)) say(`This must be ${JSON.stringify(schema.const)}.`);
}

function same(a: Json, b: Json): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

function checkText({ minLength, maxLength, pattern, format }: JsonSchema, value: string, say: Say): void {
  const length = typeof minLength === "number" || typeof maxLength === "number" ? [...value].length : 0;
  if (typeof minLength === "number" && length < minLength) {
    say(minLength === 1 ? "This must not be empty." : `This must hold at least ${minLength} characters.`);
  }
  if (typeof maxLength === "number" && length > maxLength) say(`This may hold at most ${maxLength} characters.`);
  if (typeof pattern === "string" && !matches(pattern, value)) say(`This must match ${pattern}.`);
  if (typeof format === "string") {
    const problem = checkFormat(format, value);
    if (problem) say(problem);
  }
}

/** A pattern may be slow on purpose: only short ones without nested repetition are tried, on texts of bearable length. */
function matches(pattern: string, value: string): boolean {
  const risky = pattern.length > 300 || value.length > 2000 || /[+*}]\)?[+*{]|\([^)]*[+*][^)]*\)[+*{]/.test(pattern);
  if (risky) return true;
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return true;
  }
}

function checkNumber(schema: JsonSchema, value: number, say: Say): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typeof minimum === "number" && value < minimum) say(`This must be at least ${minimum}.`);
  if (typeof maximum === "number" && value > maximum) say(`This may be at most ${maximum}.`);
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum) say(`This must be above ${exclusiveMinimum}.`);
  if (typeof exclusiveMaximum === "number" && value >= exclusiveMaximum) say(`This must be below ${exclusiveMaximum}.`);
  if (typeof multipleOf === "number" && multipleOf > 0) {
    const times = value / multipleOf;
    if (Math.abs(times - Math.round(times)) > 1e-9) say(`This must be a multiple of ${multipleOf}.`);
  }
}

function checkList(schema: JsonSchema, value: Json[], path: string, walk: Walk, say: Say): void {
  const { minItems, maxItems, uniqueItems, prefixItems, items, contains } = schema;
  if (typeof minItems === "number" && value.length < minItems) say(`This list needs at least ${minItems} items.`);
  if (typeof maxItems === "number" && value.length > maxItems) say(`This list may hold at most ${maxItems} items.`);
  if (uniqueItems === true && new Set(value.map(canonicalJson)).size < value.length)
    say("No item may stand twice here.");
  const first = Array.isArray(prefixItems) ? prefixItems : [];
  for (const [index, item] of value.entries()) check(first[index] ?? items, item, join(path, String(index)), walk);
  if (contains === undefined) return;
  const found = value.filter((item) => fits(contains, item, walk)).length;
  const { minContains = 1, maxContains } = schema;
  if (found < Number(minContains)) say("An item that is asked for is missing in this list.");
  if (typeof maxContains === "number" && found > maxContains) say("Too many items of one kind stand in this list.");
}

function checkObject(schema: JsonSchema, value: { [key: string]: Json }, path: string, walk: Walk, say: Say): void {
  const { required, minProperties, maxProperties, propertyNames, dependentRequired } = schema;
  for (const key of Array.isArray(required) ? required : []) {
    if (typeof key === "string" && !Object.hasOwn(value, key)) {
      walk.misfits.push({ path: join(path, key), detail: "This is missing." });
    }
  }
  const keys = Object.keys(value);
  if (typeof minProperties === "number" && keys.length < minProperties)
    say(`At least ${minProperties} fields are needed.`);
  if (typeof maxProperties === "number" && keys.length > maxProperties)
    say(`At most ${maxProperties} fields are allowed.`);
  if (propertyNames !== undefined) for (const key of keys) check(propertyNames, key, join(path, key), walk);
  for (const [key, needed] of Object.entries(isSchema(dependentRequired) ? dependentRequired : {})) {
    if (!Object.hasOwn(value, key) || !Array.isArray(needed)) continue;
    const missing = needed.filter((one) => typeof one === "string" && !Object.hasOwn(value, one));
    if (missing.length > 0)
      say(`With "${key}", ${missing.map((one) => JSON.stringify(one)).join(", ")} must be given.`);
  }
  checkProperties(schema, value, path, walk);
}

function checkProperties(schema: JsonSchema, value: { [key: string]: Json }, path: string, walk: Walk): void {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const patterns = Object.entries(isSchema(schema.patternProperties) ? schema.patternProperties : {});
  for (const [key, item] of Object.entries(value)) {
    const at = join(path, key);
    const known = Object.hasOwn(properties, key);
    if (known) check(properties[key], item, at, walk);
    const byPattern = patterns.filter(([pattern]) => matches(pattern, key));
    for (const [, inner] of byPattern) check(inner, item, at, walk);
    if (known || byPattern.length > 0) continue;
    if (schema.additionalProperties === false) {
      walk.misfits.push({ path: at, detail: "This field is not known here." });
    } else {
      check(schema.additionalProperties, item, at, walk);
    }
  }
}

function checkCombined(schema: JsonSchema, value: Json, path: string, walk: Walk, say: Say): void {
  const { allOf, anyOf, oneOf, not } = schema;
  for (const one of Array.isArray(allOf) ? allOf : []) check(one, value, path, walk);
  if (Array.isArray(anyOf) && !anyOf.some((one) => fits(one, value, walk))) say("This fits none of the allowed forms.");
  if (Array.isArray(oneOf)) {
    const count = oneOf.filter((one) => fits(one, value, walk)).length;
    if (count === 0) say("This fits none of the allowed forms.");
    if (count > 1) say("This fits several forms of which only one is allowed.");
  }
  if (not !== undefined && fits(not, value, walk)) say("This form is not allowed here.");
  if (schema.if === undefined) return;
  const branch = fits(schema.if, value, walk) ? schema.then : schema.else;
  if (branch !== undefined) check(branch, value, path, walk);
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
