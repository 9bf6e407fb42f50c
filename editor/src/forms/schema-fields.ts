import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";

/** One property of an object schema, as a form shows it. */
export interface FormField {
  name: string;
  title: string;
  help: string | undefined;
  required: boolean;
  kind: "text" | "number" | "boolean" | "choice" | "json";
  choices: readonly Json[];
}

/** The properties of an object schema, required ones first in the order in which they were written. */
export function fieldsOf(schema: JsonSchema): FormField[] {
  const properties = asObject(schema.properties);
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(properties).map(([name, described]) => {
    const property = asObject(described);
    const choices = Array.isArray(property.enum) ? property.enum : [];
    return {
      name,
      title: typeof property.title === "string" && property.title !== "" ? property.title : name,
      help: typeof property.description === "string" ? property.description : undefined,
      required: required.has(name),
      kind: choices.length > 0 ? "choice" : kindOf(property.type),
      choices,
    };
  });
}

/** What a form starts with: the defaults of the schema, over what is known already. */
export function initialValue(schema: JsonSchema, known: Json | undefined): JsonObject {
  const given = asObject(known);
  const properties = asObject(schema.properties);
  return Object.fromEntries(
    fieldsOf(schema).flatMap(({ name, required, kind }) => {
      // a switch that is off says no, where an answer is asked for
      const off = required && kind === "boolean" ? false : undefined;
      const value = given[name] ?? asObject(properties[name]).default ?? off;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Required properties that have no value yet, by title. */
export function missingIn(schema: JsonSchema, value: JsonObject): string[] {
  return fieldsOf(schema)
    .filter(({ name, required, kind }) => required && kind !== "boolean" && (value[name] ?? "") === "")
    .map(({ title }) => title);
}

function kindOf(type: Json | undefined): FormField["kind"] {
  if (type === "string") return "text";
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean") return "boolean";
  return "json";
}

function asObject(value: Json | undefined): JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}
