import type { Json, JsonSchema } from "../json/index.ts";

/** What is wrong with a schema itself, with the path of the word at fault (`properties.age.type`). */
interface Misshape {
  path: readonly string[];
  detail: string;
}

const types = ["string", "number", "integer", "boolean", "array", "object", "null"];
const ofSchemas = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];
const listsOfSchemas = ["allOf", "anyOf", "oneOf", "prefixItems"];
const schemas = ["items", "additionalProperties", "contains", "propertyNames", "not", "if", "then", "else"];
const numbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
const counts = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

/** Words of a JSON Schema that cannot mean what was meant; words that are not known are passed over. */
export function misshapenIn(schema: JsonSchema): Misshape[] {
  const found: Misshape[] = [];
  look(schema, [], found);
  return found;
}

function look(schema: Json, path: readonly string[], found: Misshape[]): void {
  if (typeof schema === "boolean") return;
  if (!isObject(schema)) {
    found.push({ path, detail: "A schema must stand here: an object, true or false." });
    return;
  }
  const say = (word: string, detail: string) => {
    found.push({ path: [...path, word], detail });
  };
  for (const [word, value] of Object.entries(schema)) {
    const problem = problemOf(word, value);
    if (problem !== undefined) say(word, problem);
    else if (schemas.includes(word)) look(value, [...path, word], found);
    else if (ofSchemas.includes(word) || listsOfSchemas.includes(word)) {
      for (const [key, inner] of Object.entries(Object(value) as object)) look(inner, [...path, word, key], found);
    }
  }
}

function problemOf(word: string, value: Json): string | undefined {
  if (word === "type") return isType(value) ? undefined : `A type is ${types.join(", ")}, or a list of these.`;
  if (word === "enum")
    return Array.isArray(value) && value.length > 0 ? undefined : "This must list at least one value.";
  if (word === "required") {
    const fits = Array.isArray(value) && value.every((name) => typeof name === "string");
    return fits ? undefined : "This must list names of fields.";
  }
  if (word === "pattern") return isPattern(value) ? undefined : "This is no regular expression.";
  if (ofSchemas.includes(word)) return isObject(value) ? undefined : "This must be an object of schemas.";
  if (listsOfSchemas.includes(word)) return Array.isArray(value) ? undefined : "This must be a list of schemas.";
  if (numbers.includes(word)) return typeof value === "number" ? undefined : "This must be a number.";
  if (counts.includes(word)) {
    return typeof value === "number" && Number.isInteger(value) && value >= 0
      ? undefined
      : "This must be a whole number.";
  }
  return undefined;
}

function isType(value: Json): boolean {
  const named = Array.isArray(value) ? value : [value];
  return named.length > 0 && named.every((one) => typeof one === "string" && types.includes(one));
}

/** Many write patterns that are none in the strict reading, such as `\-`; those are let through, and fit everything. */
function isPattern(value: Json): boolean {
  return typeof value === "string" && ["u", ""].some((flags) => canCompile(value, flags));
}

function canCompile(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags).flags === flags;
  } catch {
    return false;
  }
}

function isObject(value: Json): value is JsonSchema {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
