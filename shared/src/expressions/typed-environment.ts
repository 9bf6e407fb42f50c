import type { Environment } from "@marcbachmann/cel-js";
import type { JsonSchema } from "../json/index.ts";
import { createEnvironment, registerNullComparison } from "./environment.ts";
import type { Reference } from "./references.ts";
import { isSchema, propertiesOf, type ScopeVariable } from "./scope-variable.ts";

/** An environment that knows the types of some schemas, and what each is called in it. */
interface Typed {
  environment: Environment;
  names: ReadonlyMap<string, string>;
}

const plain = createEnvironment(false);
/** By the schemas that an expression names: to teach a type takes a hundred times as long as to declare a variable. */
const typed = new Map<string, Typed>();
const mostTyped = 500;

/** The language with what an expression names declared. */
export function environmentOf(scope: readonly ScopeVariable[], references: readonly Reference[]): Environment {
  const names = new Set(references.map(({ name }) => name));
  // the first of a name is the nearest
  const named = scope.filter(({ name }) => names.delete(name));
  const schemas = named.map(({ name, schema }) => ({ name, schema, text: JSON.stringify(schema) }));
  const known = typedFor(schemas);
  const environment = known.environment.clone();
  for (const { name, text } of schemas) environment.registerVariable(name, known.names.get(text) ?? "dyn");
  return environment;
}

function typedFor(schemas: readonly { schema: JsonSchema | null; text: string }[]): Typed {
  const key = [...new Set(schemas.map(({ text }) => text))].sort().join("\n");
  const known = typed.get(key);
  if (known) return known;
  const environment = plain.clone();
  const types = { count: 0 };
  const names = new Map<string, string>();
  for (const { schema, text } of schemas) {
    if (!names.has(text)) names.set(text, typeOf(schema, environment, types, 0));
  }
  const made = { environment, names };
  typed.set(key, made);
  if (typed.size > mostTyped) typed.delete(typed.keys().next().value ?? "");
  return made;
}

/** The language's type for a schema; what it cannot say is `dyn`, which fits everywhere. */
function typeOf(schema: JsonSchema | null, environment: Environment, types: { count: number }, depth: number): string {
  if (!schema || depth > 8) return "dyn";
  if (Array.isArray(schema.enum)) return schema.enum.every((value) => typeof value === "string") ? "string" : "dyn";
  if (schema.type === "object") return objectType(schema, environment, types, depth);
  if (schema.type === "array") {
    return `list<${isSchema(schema.items) ? typeOf(schema.items, environment, types, depth + 1) : "dyn"}>`;
  }
  return (typeof schema.type === "string" && plainTypes[schema.type]) || "dyn";
}

const plainTypes: Readonly<Record<string, string>> = {
  string: "string",
  integer: "int",
  number: "double",
  boolean: "bool",
};

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

function objectType(schema: JsonSchema, environment: Environment, types: { count: number }, depth: number): string {
  const properties = propertiesOf(schema);
  const names = Object.keys(properties);
  const open = schema.additionalProperties !== undefined && schema.additionalProperties !== false;
  if (names.length === 0 || open || !names.every((name) => plainName.test(name))) return "dyn";
  types.count += 1;
  const name = `Object${types.count}`;
  const fields = Object.fromEntries(
    names.map((key) => [key, typeOf(properties[key] ?? null, environment, types, depth + 1)]),
  );
  environment.registerType({ name, schema: fields });
  registerNullComparison(environment, name);
  environment.registerOperator(`string in ${name}`, (key: string, value: object) => Object.hasOwn(value, key));
  return name;
}
