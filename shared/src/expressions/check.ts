import type { Environment } from "@marcbachmann/cel-js";
import type { JsonSchema } from "../json/index.ts";
import { celFacts, compile } from "./compile.ts";
import { createEnvironment, registerNullComparison } from "./environment.ts";
import { nearest } from "./nearest.ts";
import type { ExpressionProblem } from "./problem.ts";
import type { Reference } from "./references.ts";
import { relax } from "./relax.ts";
import { readTemplate } from "./template.ts";

/** A name that an expression may use. */
export interface ScopeVariable {
  name: string;
  /** Null: anything. */
  schema: JsonSchema | null;
  /** Whether it may be null, as a node that was skipped. */
  optional?: boolean;
}

export type Expected = "boolean" | "list" | "string" | "timestamp" | "any";

export interface Checked {
  problems: readonly ExpressionProblem[];
  references: readonly Reference[];
  type: string;
}

const accepted: Record<Expected, readonly string[]> = {
  boolean: ["bool", "dyn"],
  list: ["list", "dyn"],
  string: ["string", "dyn"],
  timestamp: ["google.protobuf.Timestamp", "timestamp", "string", "dyn"],
  any: [],
};

const said: Record<Expected, string> = {
  boolean: "true or false",
  list: "a list",
  string: "text",
  timestamp: "a time",
  any: "a value",
};

/** By what of a scope an expression names: to declare all of a large graph for each of its nodes takes too long. */
const environments = new WeakMap<readonly ScopeVariable[], Map<string, Environment>>();

/** Checks a bare expression against what is in scope: syntax, names, members and types. */
export function checkExpression(source: string, scope: readonly ScopeVariable[], expect: Expected): Checked {
  const { run, references, problems } = compile(source);
  if (!run) return { problems, references, type: "dyn" };
  const unknown = references.filter(({ name }) => !scope.some((variable) => variable.name === name));
  if (unknown.length > 0) {
    return { problems: unknown.map((reference) => unknownName(reference, scope)), references, type: "dyn" };
  }
  const environment = environmentOf(scope, references);
  const { text, placeOf } = relax(source, environment);
  const { valid, type = "dyn", error } = environment.check(text);
  if (!valid) return { problems: [typeProblem(error, source, placeOf, scope)], references, type: "dyn" };
  const wanted = accepted[expect];
  const [base = type] = type.split("<", 1);
  if (wanted.length > 0 && !wanted.includes(base)) {
    const detail = `This must give ${said[expect]}; it gives ${spoken(type)}.`;
    const problem: ExpressionProblem = {
      code: "expression_type",
      detail,
      start: 0,
      end: source.length,
      severity: "error",
    };
    return { problems: [problem], references, type };
  }
  return { problems: [], references, type };
}

/** Checks every expression in a template; ranges are of the whole text. */
export function checkTemplate(source: string, scope: readonly ScopeVariable[]): Omit<Checked, "type"> {
  if (!source.includes("{{")) return { problems: [], references: [] };
  const read = readTemplate(source);
  if ("problem" in read) return { problems: [read.problem], references: [] };
  const problems: ExpressionProblem[] = [];
  const references: Reference[] = [];
  for (const part of read.parts) {
    if ("text" in part) continue;
    const checked = checkExpression(part.source, scope, "any");
    problems.push(...checked.problems.map((problem) => moved(problem, part.start)));
    references.push(...checked.references.map((reference) => moved(reference, part.start)));
  }
  return { problems, references };
}

/** What a text names and where, without looking at any scope; nothing where it is broken. */
export function referencesOf(source: string, kind: "expression" | "template"): readonly Reference[] {
  if (kind === "expression") return compile(source).references;
  if (!source.includes("{{")) return [];
  const read = readTemplate(source);
  if ("problem" in read) return [];
  return read.parts.flatMap((part) =>
    "text" in part ? [] : compile(part.source).references.map((reference) => moved(reference, part.start)),
  );
}

/** A place in a part of a text as a place in the whole. */
function moved<Place extends { start: number; end: number }>(place: Place, by: number): Place {
  return { ...place, start: place.start + by, end: place.end + by };
}

function unknownName({ name, start }: Reference, scope: readonly ScopeVariable[]): ExpressionProblem {
  const close = nearest(
    name,
    scope.map((variable) => variable.name),
  );
  const detail = `"${name}" is not known here.${close === undefined ? "" : ` Did you mean "${close}"?`}`;
  return { code: "expression_unknown_name", detail, start, end: start + name.length, severity: "error" };
}

function typeProblem(
  error: unknown,
  source: string,
  placeOf: (place: number) => number,
  scope: readonly ScopeVariable[],
): ExpressionProblem {
  const { code, summary, range: place } = celFacts(error);
  const range = { start: placeOf(place.start), end: placeOf(place.end) };
  const problem = { code: "expression_type" as const, start: range.start, end: range.end, severity: "error" as const };
  if (code !== "no_such_key") return { ...problem, detail: `${spokenSummary(summary)}.` };
  const member = source.slice(range.start, range.end);
  const of = source.slice(0, range.start).replace(/\.\s*$/, "");
  const names = membersOf(of, scope);
  const close = nearest(member, names);
  const hint =
    close === undefined ? (names.length > 0 ? ` It has: ${names.join(", ")}.` : "") : ` Did you mean "${close}"?`;
  return { ...problem, detail: `"${member}" does not exist there.${hint}` };
}

function membersOf(path: string, scope: readonly ScopeVariable[]): string[] {
  const [name, ...members] = path.split(".");
  let schema = scope.find((variable) => variable.name === name)?.schema ?? null;
  for (const member of members) schema = propertiesOf(schema)[member] ?? null;
  return Object.keys(propertiesOf(schema));
}

/** Declared members of a schema; none where nothing is declared. */
export function propertiesOf(schema: JsonSchema | null): Record<string, JsonSchema> {
  const properties = schema?.properties;
  if (properties === null || typeof properties !== "object" || Array.isArray(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, value]) => (isObject(value) ? [[key, value]] : [])),
  );
}

function isObject(value: unknown): value is JsonSchema {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function environmentOf(scope: readonly ScopeVariable[], references: readonly Reference[]): Environment {
  const names = new Set(references.map(({ name }) => name));
  const key = [...names].sort().join(" ");
  const made = environments.get(scope) ?? new Map<string, Environment>();
  environments.set(scope, made);
  const known = made.get(key);
  if (known) return known;
  const environment = createEnvironment(false);
  const types = { count: 0 };
  for (const { name, schema } of scope) {
    if (names.delete(name)) environment.registerVariable(name, typeOf(schema, environment, types, 0));
  }
  made.set(key, environment);
  return environment;
}

/** The language's type for a schema; what it cannot say is `dyn`, which fits everywhere. */
function typeOf(schema: JsonSchema | null, environment: Environment, types: { count: number }, depth: number): string {
  if (!schema || depth > 8) return "dyn";
  if (Array.isArray(schema.enum)) return schema.enum.every((value) => typeof value === "string") ? "string" : "dyn";
  if (schema.type === "object") return objectType(schema, environment, types, depth);
  if (schema.type === "array") {
    return `list<${isObject(schema.items) ? typeOf(schema.items, environment, types, depth + 1) : "dyn"}>`;
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

function spokenSummary(summary: string): string {
  return summary
    .replace(/^no such overload: /, "These do not go together: ")
    .replace(/\bObject\d+\b/g, "an object")
    .replace(/\bdouble\b/g, "number")
    .replace(/\bint\b/g, "whole number")
    .replace(/\bstring\b/g, "text")
    .replace(/\bbool\b/g, "true or false");
}

function spoken(type: string): string {
  const [base = type] = type.split("<", 1);
  const names: Record<string, string> = {
    string: "text",
    int: "a number",
    double: "a number",
    bool: "true or false",
    list: "a list",
    map: "an object",
  };
  return names[base] ?? "an object";
}
