import { type ExpressionProblem, type Reference, type ScopeVariable, schemaAt } from "../expressions/index.ts";
import type { Fix, FixStep } from "../fixes/index.ts";
import type { ExpressionSite } from "../nodes/index.ts";
import { fixOf } from "./draft.ts";
import { check } from "./sites.ts";

/** Shape allows no longer texts. */
const longest = { expression: 2048, template: 100_000 };

/** What was probably meant, put in its place: only where that ends the problem. */
export function mendOf(
  node: string,
  site: ExpressionSite,
  known: readonly ScopeVariable[],
  { code, start, end, instead }: ExpressionProblem,
): Fix | undefined {
  if (instead === undefined) return undefined;
  const next = spliced(site, start, end, instead);
  const left = next && check(next, known).problems;
  if (!next || left?.some((problem) => problem.code === code && problem.start === start)) return undefined;
  return fixOf(`Change to ${instead}`, replacement(node, site, start, end, instead));
}

/** A reference to what may have been skipped, asked for before it is taken. */
export function guardOf(
  node: string,
  site: ExpressionSite,
  known: readonly ScopeVariable[],
  { name, path, start, end }: Reference,
): { text: string; fix: Fix | undefined } {
  const { source } = site;
  const reference = source.slice(start, end);
  const [first = ""] = path;
  // "has" looks at one member of what is there, or is null; further down it fails as the reference does
  const isPlain = /^[A-Za-z_]\w*$/.test(first) && reference.startsWith(`${name}.${first}`);
  const asks = isPlain ? `has(${name}.${first})` : `${name} != null`;
  const text = `${asks} ? ${reference} : ${emptyOf(schemaAt(known, name, path)?.type)}`;
  // alone between its braces, or in its field, it needs no brackets
  const isAlone =
    reference === source.trim() || (/\{\{\s*$/.test(source.slice(0, start)) && /^\s*\}\}/.test(source.slice(end)));
  const guarded = isAlone ? text : `(${text})`;
  const next = spliced(site, start, end, guarded);
  const before = check(site, known).problems.length;
  const isSound = next !== undefined && check(next, known).problems.length <= before;
  return { text, fix: isSound ? fixOf("Guard it", replacement(node, site, start, end, guarded)) : undefined };
}

/** What stands for nothing, of the type that is expected there. */
function emptyOf(type: unknown): string {
  if (type === "number" || type === "integer") return "0";
  if (type === "boolean") return "false";
  if (type === "array") return "[]";
  return type === "object" ? "{}" : '""';
}

function spliced(site: ExpressionSite, start: number, end: number, text: string): ExpressionSite | undefined {
  const source = site.source.slice(0, start) + text + site.source.slice(end);
  return source.length > longest[site.kind] ? undefined : { ...site, source };
}

/** Another text in a place of a node's text. */
export function replacement(
  node: string,
  { path, source }: ExpressionSite,
  start: number,
  end: number,
  text: string,
): FixStep {
  return { do: "replace_text", node, path: [...path], start, end, was: source.slice(start, end), text };
}
