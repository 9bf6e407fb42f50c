import {
  ExpressionError,
  evaluateExpression,
  referencesOf,
  renderTemplate,
  type ScopeVariable,
} from "@signalbox/shared/expressions";
import { type Graph, planGraph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import { factsOf } from "@signalbox/shared/nodes";
import { type Catalog, scopeOf } from "@signalbox/shared/validation";
import type { Samples } from "./suggest.ts";

/** What an expression at a place in a node may name. */
export function scopeAt(graph: Graph, nodeId: string, place: string, catalog: Catalog): readonly ScopeVariable[] {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  if (!node) return [];
  const site = factsOf(node.type)
    .expressions(node.data)
    .find(({ path }) => `data.${path.join(".")}` === place);
  return [...(site?.locals ?? []), ...scopeOf(planGraph(graph), nodeId, catalog, site?.inside)];
}

/** What the last run had for the names in scope. */
export function samplesFor(
  graph: Graph,
  scope: readonly ScopeVariable[],
  sampleOf: (nodeId: string) => Json | undefined,
): Samples {
  const entry = graph.nodes.find(({ type }) => factsOf(type).role === "entry");
  const samples = new Map<string, Json>();
  for (const { name } of scope) {
    // what a run was given is the output of where it begins
    const sample = name === "input" && entry ? sampleOf(entry.id) : sampleOf(name);
    if (sample !== undefined) samples.set(name, sample);
  }
  return samples;
}

/** What a text would give with the values of the last run; undefined where they do not suffice. */
export function previewOf(
  source: string,
  kind: "expression" | "template",
  samples: Samples,
  scope: readonly ScopeVariable[],
): { value: Json } | { problem: string } | undefined {
  const references = referencesOf(source, kind);
  if (references.length === 0 || !references.every(({ name }) => samples.has(name))) return undefined;
  const schemas = new Map(scope.map(({ name, schema }) => [name, schema]));
  try {
    const value =
      kind === "expression" ? evaluateExpression(source, samples, schemas) : renderTemplate(source, samples, schemas);
    return { value };
  } catch (error) {
    return error instanceof ExpressionError ? { problem: error.message } : undefined;
  }
}
