import type { ExpressionProblem, Reference, ScopeVariable } from "../expressions/index.ts";
import type { GraphNode } from "../graph/index.ts";
import { type ExpressionSite, factsOf } from "../nodes/index.ts";
import { createConditions } from "./conditions.ts";
import { type Draft, nameOf } from "./draft.ts";
import { guardOf, mendOf } from "./mend.ts";
import { scopesOf } from "./scope.ts";
import { check, namedIn } from "./sites.ts";

/** Of a graph with more misspelled names than this, not each is compared with all others. */
const mostGuesses = 200;

/** Every expression of every node: syntax, types, whether what it names can have run before, and what it comes to. */
export function checkExpressions(draft: Draft): void {
  const scopes = scopesOf(draft.plan, draft.catalog);
  const conditions = createConditions(draft);
  let guesses = 0;
  for (const node of draft.graph.nodes) {
    for (const site of factsOf(node.type).expressions(node.data)) {
      let { known, isWhole } = namedIn(site, node.id, scopes);
      if (!isWhole && guesses < mostGuesses) {
        guesses += 1;
        known = [...(site.locals ?? []), ...scopes.all(node.id, site.inside)];
      }
      const { problems, references } = check(site, known);
      for (const problem of problems) tell(draft, node, site, known, problem);
      warnOfNulls(draft, node, site, known, references);
      if (problems.length === 0 && site.expect === "boolean") conditions.check(node, site, known);
    }
  }
}

function tell(
  draft: Draft,
  node: GraphNode,
  site: ExpressionSite,
  known: readonly ScopeVariable[],
  problem: ExpressionProblem,
): void {
  const { code, detail, start, end, severity } = problem;
  const field = `data.${site.path.join(".")}`;
  const range = { start, end };
  const name = site.source.slice(start, end);
  if (code === "expression_unknown_name" && draft.nodes.has(name)) {
    const what = `${nameOf(node)} names "${name}", which cannot have run before it. Connect them, or take another value.`;
    draft.aboutNode(node, "reference_not_before", what, { field, range });
  } else {
    const fix = mendOf(node.id, site, known, problem);
    draft.aboutNode(node, code, `${nameOf(node)}: ${detail}`, { field, range, severity, fix });
  }
}

function warnOfNulls(
  { aboutNode }: Draft,
  node: GraphNode,
  site: ExpressionSite,
  known: readonly ScopeVariable[],
  references: readonly Reference[],
): void {
  for (const reference of references) {
    const { name, path, guarded, start, end } = reference;
    const named = known.find((variable) => variable.name === name);
    if (!named?.optional || guarded || path.length === 0) continue;
    const { text, fix } = guardOf(node.id, site, known, reference);
    const what = `${nameOf(node)} takes ${name}.${path.join(".")}, but ${name} may have been skipped. Write ${text}.`;
    const field = `data.${site.path.join(".")}`;
    aboutNode(node, "reference_may_be_null", what, { severity: "warning", field, range: { start, end }, fix });
  }
}
