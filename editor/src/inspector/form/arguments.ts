import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";
import { asObject } from "./fields.ts";

/** One argument of a tool, as the form shows it. */
export interface Argument {
  name: string;
  title: string;
  help: string | undefined;
  required: boolean;
  kind: "text" | "number" | "choice" | "map" | "code" | "list" | "any";
  choices: readonly Json[];
}

/** Never filled in from data: data must not become program. */
const codeArgument = "code";

/** What a tool takes: what it must have first. */
export function argumentsOf(schema: JsonSchema): Argument[] {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const all = Object.entries(asObject(schema.properties)).map(([name, described]) => {
    const property = asObject(described);
    const kind = name === codeArgument ? "code" : kindOf(property);
    return {
      name,
      title: typeof property.title === "string" ? property.title : name,
      help: typeof property.description === "string" ? property.description : undefined,
      required: required.has(name),
      kind,
      choices: choicesOf(property),
    };
  });
  return all.toSorted((a, b) => Number(b.required) - Number(a.required));
}

/** Arguments that are given and that the tool does not know. */
export function unknownArguments(schema: JsonSchema, given: JsonObject): string[] {
  if (schema.additionalProperties !== false) return [];
  const known = asObject(schema.properties);
  return Object.keys(given).filter((name) => !Object.hasOwn(known, name));
}

function kindOf(property: JsonSchema): Argument["kind"] {
  if (choicesOf(property).length > 0) return "choice";
  if (property.type === "string") return "text";
  if (property.type === "number" || property.type === "integer") return "number";
  if (property.type === "array") return "list";
  return property.type === "object" && !property.properties ? "map" : "any";
}

function choicesOf({ enum: listed, type }: JsonSchema): readonly Json[] {
  if (Array.isArray(listed)) return listed;
  return type === "boolean" ? [true, false] : [];
}
