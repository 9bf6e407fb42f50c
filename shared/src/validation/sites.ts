import { checkExpression, checkTemplate, referencesOf, type ScopeVariable } from "../expressions/index.ts";
import type { ExpressionSite } from "../nodes/index.ts";
import type { Scopes } from "./scope.ts";

/** What is wrong with the text at a place, and what it names. */
export function check({ source, kind, expect }: ExpressionSite, known: readonly ScopeVariable[]) {
  return kind === "expression" ? checkExpression(source, known, expect) : checkTemplate(source, known);
}

/** The part of the scope that a text names: all of it would be as long as the graph, for each of its nodes. */
export function namedIn(
  { source, kind, locals = [], inside }: ExpressionSite,
  node: string,
  scopes: Scopes,
): { known: readonly ScopeVariable[]; isWhole: boolean } {
  const names = new Set(referencesOf(source, kind).map(({ name }) => name));
  for (const { name } of locals) names.delete(name);
  const found = [...names].map((name) => scopes.find(node, name, inside));
  const known = found.filter((variable) => variable !== undefined);
  return { known: [...locals, ...known], isWhole: known.length === found.length };
}
