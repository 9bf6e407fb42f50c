import type { Graph } from "@signalbox/shared/graph";
import { type Catalog, validateGraph } from "@signalbox/shared/validation";
import { SignalboxError } from "./errors.ts";

/** What has errors is not run and not published. */
export function refuseFindings(graph: Graph, catalog: Catalog, what: "run" | "published"): void {
  const errors = validateGraph(graph, catalog).filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (!first) return;
  const rest = errors.length - 1;
  const more = rest === 0 ? "" : rest === 1 ? " There is 1 more finding." : ` There are ${rest} more findings.`;
  throw new SignalboxError("graph_invalid", `The workflow cannot be ${what}: ${first.detail}${more}`, {
    path: `graph.${first.path}`,
    more: { items: errors.slice(0, 100) },
  });
}
