import type { Graph } from "@signalbox/shared/graph";
import { parseGraph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import supportTriage from "./support-triage/graph.json" with { type: "json" };

/** A ready-made workflow that runs as it is, without any key. */
export interface Template {
  id: string;
  name: string;
  description: string;
  sampleInput: Json;
  graph: Graph;
}

/** Every template. A new one is a folder with its graph and an entry here. */
export const templates: readonly Template[] = [
  template("support-triage", supportTriage, {
    customer: "Ada Byron",
    ticket: "My teapot from order 1042 arrived broken. This is of high importance to me: I want a refund.",
  }),
];

function template(id: string, document: unknown, sampleInput: Json): Template {
  const parsed = parseGraph(document);
  if ("problems" in parsed) throw new Error(`The template ${id} is no graph: ${JSON.stringify(parsed.problems)}`);
  const { name, description = "" } = parsed.graph;
  return { id, name, description, sampleInput, graph: parsed.graph };
}
