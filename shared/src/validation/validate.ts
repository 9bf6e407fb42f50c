import type { Graph } from "../graph/index.ts";
import { checkArguments } from "./arguments.ts";
import { checkCycles, checkJoins } from "./cycles.ts";
import { openDraft } from "./draft.ts";
import { checkEdges } from "./edges.ts";
import { checkExpressions } from "./expressions.ts";
import type { Catalog, Finding } from "./finding.ts";
import { checkFrames, checkReach, checkStart } from "./flow.ts";
import { checkNames } from "./names.ts";
import { checkNodes } from "./nodes.ts";
import { checkSchemas } from "./schemas.ts";

/** Everything that is wrong with a graph that has the shape: errors first, then in the order of the graph. */
export function validateGraph(graph: Graph, catalog: Catalog = {}): Finding[] {
  const draft = openDraft(graph, catalog);
  for (const check of [
    checkNodes,
    checkStart,
    checkFrames,
    checkEdges,
    checkCycles,
    checkJoins,
    checkReach,
    checkNames,
    checkArguments,
    checkSchemas,
    checkExpressions,
  ]) {
    check(draft);
  }
  const rank = ({ severity }: Finding) => (severity === "error" ? 0 : 1);
  return draft.findings.sort((a, b) => rank(a) - rank(b));
}
