import type { JsonSchema } from "../json/index.ts";

/** A name that an expression may use. */
export interface ScopeVariable {
  name: string;
  /** Null: anything. */
  schema: JsonSchema | null;
  /** Whether it may be null, as a node that was skipped. */
  optional?: boolean;
}

/** Declared members of a schema; none where nothing is declared. */
export function propertiesOf(schema: JsonSchema | null): Record<string, JsonSchema> {
  const properties = schema?.properties;
  if (properties === null || typeof properties !== "object" || Array.isArray(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, value]) => (isSchema(value) ? [[key, value]] : [])),
  );
}

/** The schema of a name's member, as far as it is declared. */
export function schemaAt(scope: readonly ScopeVariable[], name: string, path: readonly string[]): JsonSchema | null {
  let schema = scope.find((variable) => variable.name === name)?.schema ?? null;
  for (const member of path) {
    const properties = propertiesOf(schema);
    schema = Object.hasOwn(properties, member) ? (properties[member] ?? null) : null;
  }
  return schema;
}

export function isSchema(value: unknown): value is JsonSchema {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
