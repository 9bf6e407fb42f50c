import type { ASTNode, ParseResult } from "@marcbachmann/cel-js";
import { childrenOf } from "./ast.ts";
import { createEnvironment, longestExpression } from "./environment.ts";
import type { ExpressionProblem } from "./problem.ts";
import { type Reference, readReferences } from "./references.ts";
import { relax } from "./relax.ts";
import { syntaxSentence } from "./syntax-words.ts";

/** An expression that has been parsed, or why it could not be. */
export interface Compiled {
  run?: ParseResult;
  /** As it was written, before it was relaxed. */
  ast?: ASTNode;
  /** A place in what is run as a place in what was written. */
  placeOf?: (place: number) => number;
  references: readonly Reference[];
  problems: readonly ExpressionProblem[];
}

const untyped = createEnvironment(true);
const mostCached = 1000;
const cache = new Map<string, Compiled>();
const macros = new Set(["all", "exists", "exists_one", "map", "filter", "has"]);
const mostMacros = 4;

/** Parses once; the oldest of many is forgotten. */
export function compile(source: string): Compiled {
  const known = cache.get(source);
  if (known) return known;
  const compiled = parse(source);
  cache.set(source, compiled);
  if (cache.size > mostCached) cache.delete(cache.keys().next().value ?? "");
  return compiled;
}

function parse(source: string): Compiled {
  if (source.length > longestExpression) {
    return refused(
      "expression_too_long",
      `An expression holds at most ${longestExpression} characters.`,
      0,
      source.length,
    );
  }
  if (source.trim() === "") return refused("expression_syntax", "An expression is missing here.", 0, source.length);
  try {
    const written = untyped.parse(source);
    const problem = forbidden(written.ast, 0);
    if (problem) return { references: [], problems: [problem] };
    const { text, placeOf } = relax(source, untyped);
    const run = text === source ? written : untyped.parse(text);
    return { run, ast: written.ast, placeOf, references: readReferences(written.ast), problems: [] };
  } catch (error) {
    return { references: [], problems: [syntaxProblem(error, source)] };
  }
}

function refused(code: ExpressionProblem["code"], detail: string, start: number, end: number): Compiled {
  return { references: [], problems: [{ code, detail, start, end, severity: "error" }] };
}

function syntaxProblem(error: unknown, source: string): ExpressionProblem {
  const { code, summary, range } = celFacts(error);
  const limit = code.includes("limit") || /exceed|maximum/i.test(summary);
  const start = Math.min(range.start, source.length);
  const end = Math.max(range.end, Math.min(range.start + 1, source.length));
  return {
    code: limit ? "expression_too_complex" : "expression_syntax",
    detail: limit ? "This expression is too long or too deep. Split it over Set nodes." : syntaxSentence(summary),
    start,
    end,
    severity: "error",
    ...(!limit && source.slice(start, end) === "=" ? { instead: "==" } : {}),
  };
}

/** What an error of the library says, in the shape it documents. */
export function celFacts(error: unknown): { code: string; summary: string; range: { start: number; end: number } } {
  const facts = error !== null && typeof error === "object" ? error : {};
  const text = (key: string) => {
    const value: unknown = Reflect.get(facts, key);
    return typeof value === "string" ? value : "";
  };
  const range: unknown = Reflect.get(facts, "range");
  const place = range !== null && typeof range === "object" ? range : {};
  const at = (key: string) => Number(Reflect.get(place, key) ?? 0);
  return {
    code: text("code"),
    summary: text("summary") || text("message"),
    range: { start: at("start"), end: at("end") },
  };
}

/** Regular expressions can hang, and macros in macros multiply: neither is allowed. */
function forbidden(root: ASTNode, depth: number): ExpressionProblem | undefined {
  let count = 0;
  const visit = (node: ASTNode, inside: number): ExpressionProblem | undefined => {
    const name = calledName(node);
    if (name === "matches" || name === "bind") {
      const detail = `"${name}" is not allowed. Compare with ==, contains, startsWith or endsWith.`;
      return { code: "expression_not_allowed", detail, ...node.range, severity: "error" };
    }
    const isLoop = name !== undefined && name !== "has" && macros.has(name);
    if (isLoop) count += 1;
    if (isLoop && (inside > 0 || count > mostMacros)) {
      const detail = "Lists may not be walked within a walk over a list, and four times at most. Use a For each frame.";
      return { code: "expression_too_complex", detail, ...node.range, severity: "error" };
    }
    for (const child of childrenOf(node)) {
      const found = visit(child, inside + (isLoop ? 1 : 0));
      if (found) return found;
    }
    return undefined;
  };
  return visit(root, depth);
}

function calledName(node: ASTNode): string | undefined {
  if (node.op === "call" || node.op === "rcall") return node.args[0];
  return undefined;
}
