import { completeExpression, type ScopeVariable } from "@signalbox/shared/expressions";
import type { Json } from "@signalbox/shared/json";

/** One thing that may stand at a place, with what it was in the last run. */
export interface Suggestion {
  label: string;
  /** Its type in a word for people. */
  type: string;
  kind: "variable" | "field" | "function";
  /** What it is for. */
  detail: string | undefined;
  sample: Json | undefined;
}

/** Values of the last run by name. */
export type Samples = ReadonlyMap<string, Json>;

const words: Record<string, string> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "yes or no",
  array: "list",
  object: "object",
  any: "",
  int: "whole number",
  double: "number",
  bool: "yes or no",
};

/** What may stand at a place in an expression: names and members that are declared, and those that the last run had. */
export function suggest(
  source: string,
  offset: number,
  scope: readonly ScopeVariable[],
  samples: Samples,
): { from: number; options: Suggestion[] } {
  const { from, options } = completeExpression(source, offset, scope);
  const path = /([a-z][a-z0-9_]*(?:\.[A-Za-z_]\w*)*)\.$/.exec(source.slice(0, from))?.[1]?.split(".");
  // after a dot that follows no name there is nothing to say
  if (path === undefined && source.charAt(from - 1) === ".") return { from, options: [] };
  const holder = path === undefined ? undefined : sampleAt(samples, path);
  const declared = options.map(({ label, type, kind, detail }) => ({
    label,
    type: words[type] ?? type,
    kind,
    detail,
    sample: path === undefined ? samples.get(label) : memberOf(holder, label),
  }));
  const ranked = path === undefined ? declared.toSorted((a, b) => rankOf(a) - rankOf(b)) : declared;
  const known = new Set(declared.map(({ label }) => label));
  const typed = source.slice(from, offset).toLowerCase();
  const seen = namesIn(holder)
    .filter((name) => !known.has(name) && name.toLowerCase().startsWith(typed))
    .map((label) => {
      const sample = memberOf(holder, label);
      return { label, type: typeOf(sample), kind: "field" as const, detail: undefined, sample };
    });
  return { from, options: [...ranked, ...seen] };
}

/** What one most often wants first: what the workflow was given, then what lies before, then the run, then functions. */
function rankOf({ label, kind }: Suggestion): number {
  if (kind === "function") return 3;
  return label === "run" ? 2 : label === "input" ? 0 : 1;
}

function sampleAt(samples: Samples, path: readonly string[]): Json | undefined {
  const [name = "", ...members] = path;
  return members.reduce<Json | undefined>(memberOf, samples.get(name));
}

function memberOf(holder: Json | undefined, name: string): Json | undefined {
  if (holder === null || typeof holder !== "object" || Array.isArray(holder)) return undefined;
  return Object.hasOwn(holder, name) ? holder[name] : undefined;
}

/** Members that can be written after a dot. */
function namesIn(holder: Json | undefined): string[] {
  if (holder === null || typeof holder !== "object" || Array.isArray(holder)) return [];
  return Object.keys(holder).filter((name) => /^[A-Za-z_]\w*$/.test(name));
}

function typeOf(value: Json | undefined): string {
  if (Array.isArray(value)) return "list";
  return words[typeof value] ?? "";
}

/** A value in a few characters, for the end of a line. */
export function shortValue(value: Json, longest = 40): string {
  const text = typeof value === "string" ? `"${value}"` : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
