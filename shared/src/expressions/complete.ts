import type { JsonSchema } from "../json/index.ts";
import { propertiesOf, type ScopeVariable, schemaAt } from "./scope-variable.ts";

export interface Completion {
  label: string;
  type: string;
  detail?: string;
  kind: "variable" | "field" | "function";
}

const functions: readonly Completion[] = [
  { label: "has", type: "bool", detail: "has(a.b): whether it exists", kind: "function" },
  { label: "size", type: "int", detail: "size(a): how many, how long", kind: "function" },
  { label: "string", type: "string", detail: "string(a): as text", kind: "function" },
  { label: "int", type: "int", detail: "int(a): as a whole number", kind: "function" },
  { label: "double", type: "double", detail: "double(a): as a number", kind: "function" },
  { label: "lower", type: "string", detail: "lower(text)", kind: "function" },
  { label: "upper", type: "string", detail: "upper(text)", kind: "function" },
  { label: "trim", type: "string", detail: "trim(text)", kind: "function" },
];

/** What may stand at a place in an expression: names in scope, members of what is before the dot, functions. */
export function completeExpression(
  source: string,
  offset: number,
  scope: readonly ScopeVariable[],
): { from: number; to: number; options: Completion[] } {
  const before = source.slice(0, offset);
  const typed = /[A-Za-z0-9_]*$/.exec(before)?.[0] ?? "";
  const from = offset - typed.length;
  const path = /([a-z][a-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)\.$/.exec(before.slice(0, from))?.[1];
  const fits = ({ label }: Completion) => label.toLowerCase().startsWith(typed.toLowerCase());
  const all = path === undefined ? [...variables(scope), ...functions] : members(path, scope);
  return { from, to: offset, options: all.filter(fits) };
}

function variables(scope: readonly ScopeVariable[]): Completion[] {
  return scope.map(({ name, schema, optional }) => ({
    label: name,
    type: typeName(schema),
    kind: "variable",
    ...(optional ? { detail: "may be null" } : {}),
  }));
}

function members(path: string, scope: readonly ScopeVariable[]): Completion[] {
  const [name = "", ...rest] = path.split(".");
  return Object.entries(propertiesOf(schemaAt(scope, name, rest))).map(([label, field]) => ({
    label,
    type: typeName(field),
    kind: "field",
    ...(typeof field.description === "string" ? { detail: field.description } : {}),
  }));
}

function typeName(schema: JsonSchema | null): string {
  if (typeof schema?.type === "string") return schema.type;
  return Array.isArray(schema?.enum) ? "string" : "any";
}
