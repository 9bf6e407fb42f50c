import { celFacts, compile } from "./compile.ts";
import { nearest } from "./nearest.ts";
import type { ExpressionProblem } from "./problem.ts";
import type { Reference } from "./references.ts";
import { relax } from "./relax.ts";
import { propertiesOf, type ScopeVariable, schemaAt } from "./scope-variable.ts";
import { readTemplate } from "./template.ts";
import { environmentOf } from "./typed-environment.ts";

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

/** Checks a bare expression against what is in scope: syntax, names, members and types. */
export function checkExpression(source: string, scope: readonly ScopeVariable[], expect: Expected): Checked {
  const { run, references, problems } = compile(source);
  if (!run) return { problems, references, type: "dyn" };
  const known = new Set(scope.map(({ name }) => name));
  const unknown = references.filter(({ name }) => !known.has(name));
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
  const problem = { code: "expression_unknown_name" as const, detail, start, end: start + name.length };
  return { ...problem, severity: "error", ...(close === undefined ? {} : { instead: close }) };
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
  // what is named right before the dot, whatever else is calculated before it
  const of = /([A-Za-z_]\w*(?:\.\w+)*)\.\s*$/.exec(source.slice(0, range.start))?.[1] ?? "";
  const names = membersOf(of, scope);
  const close = nearest(member, names);
  const hint =
    close === undefined ? (names.length > 0 ? ` It has: ${names.join(", ")}.` : "") : ` Did you mean "${close}"?`;
  // a member in brackets has quotes around it, which the new name would lose
  const instead = close !== undefined && /^\w+$/.test(member) ? { instead: close } : {};
  return { ...problem, detail: `"${member}" does not exist there.${hint}`, ...instead };
}

function membersOf(path: string, scope: readonly ScopeVariable[]): string[] {
  const [name = "", ...members] = path.split(".");
  return Object.keys(propertiesOf(schemaAt(scope, name, members)));
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
