import type { Graph } from "../graph/index.ts";
import { openDraft } from "./draft.ts";
import { checkCycles, checkEdges, checkJoins } from "./edges.ts";
import { checkExpressions, checkNames, checkSchemas } from "./fields.ts";
import type { Catalog, Finding } from "./finding.ts";
import { checkFrames, checkNodes, checkReach } from "./nodes.ts";

/** Everything that is wrong with a graph that has the shape: errors first, then in the order of the graph. */
export function validateGraph(graph: Graph, catalog: Catalog = {}): Finding[] {
  const draft = openDraft(graph, catalog);
  for (const check of [
    checkNodes,
    checkFrames,
    checkEdges,
    checkCycles,
    checkJoins,
    checkReach,
    checkNames,
    checkSchemas,
    checkExpressions,
  ]) {
    check(draft);
  }
  const rank = ({ severity }: Finding) => (severity === "error" ? 0 : 1);
  return draft.findings.sort((a, b) => rank(a) - rank(b));
}
