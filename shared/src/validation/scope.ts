import type { ScopeVariable } from "../expressions/index.ts";
import type { Plan, PlanNode } from "../graph/index.ts";
import type { JsonSchema } from "../json/index.ts";
import { factsOf } from "../nodes/index.ts";
import type { Catalog } from "./finding.ts";
import { type Ways, waysThrough } from "./ways.ts";

/** What expressions in a node may name, with the shape of each as far as it is known before a run. */
export function scopeOf(plan: Plan, nodeId: string, catalog: Catalog): ScopeVariable[] {
  return scopesOf(plan, catalog)(nodeId);
}

/** The same for every node of a plan: what they share is worked out once. */
export function scopesOf(plan: Plan, catalog: Catalog): (nodeId: string) => ScopeVariable[] {
  const ways = new Map<string | null, Ways>();
  const outputs = new Map<string, JsonSchema | null>();

  function certainBefore(node: PlanNode): (earlier: string) => boolean {
    const known = ways.get(node.frame) ?? waysThrough(plan, node.frame);
    ways.set(node.frame, known);
    return (earlier) => known.isCertain(earlier, node.id);
  }

  function output(id: string): JsonSchema | null {
    const known = outputs.get(id);
    if (known !== undefined) return known;
    const schema = outputOf(plan, id, catalog);
    outputs.set(id, schema);
    return schema;
  }

  return (nodeId) => {
    const caller = plan.nodes.get(nodeId)?.used ? callerOf(plan, nodeId) : undefined;
    const scope = new Map<string, ScopeVariable>();
    const add = (variable: ScopeVariable) => {
      if (!scope.has(variable.name)) scope.set(variable.name, variable);
    };
    for (const node of outward(plan, caller ?? nodeId)) {
      const isCertain = certainBefore(node);
      for (const id of ancestors(plan, node)) add({ name: id, schema: output(id), optional: !isCertain(id) });
      for (const variable of frameVariables(plan, node.frame)) add(variable);
    }
    add({ name: "input", schema: plan.graph.input ?? null });
    add({ name: "run", schema: runSchema });
    return [...scope.values()];
  };
}

/** A node and the frames it lies in, innermost first; in a ring of frames each once. */
function outward(plan: Plan, id: string): readonly PlanNode[] {
  const found = new Set<PlanNode>();
  let node = plan.nodes.get(id);
  while (node && !found.has(node)) {
    found.add(node);
    node = node.frame === null ? undefined : plan.nodes.get(node.frame);
  }
  return [...found];
}

const runSchema: JsonSchema = {
  type: "object",
  properties: { id: { type: "string" }, startedAt: { type: "string" } },
  required: ["id", "startedAt"],
};

/** The agent in the flow for which this node is called, however many specialists lie between. */
function callerOf(plan: Plan, used: string): string | undefined {
  const seen = new Set<string>();
  let at: string | undefined = used;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    at = firstCaller(plan, at) ?? (at === used ? undefined : at);
  }
  return at;
}

function firstCaller(plan: Plan, used: string): string | undefined {
  for (const { id, uses } of plan.nodes.values()) if (uses.includes(used)) return id;
  return undefined;
}

function frameVariables(plan: Plan, frame: string | null): ScopeVariable[] {
  const node = frame === null ? undefined : plan.nodes.get(frame)?.node;
  if (!node) return [];
  const overItems = "mode" in node.data && node.data.mode === "forEach";
  if (!overItems) return [{ name: "lane", schema: { type: "string" } }];
  return [
    { name: "item", schema: null },
    { name: "index", schema: { type: "integer" } },
  ];
}

/** The output's schema; a node whose failure is wired onward may carry the failure instead. */
function outputOf(plan: Plan, id: string, { tools }: Catalog): JsonSchema | null {
  const planned = plan.nodes.get(id);
  if (!planned) return null;
  if (planned.facts.role === "entry") return plan.graph.input ?? null;
  const mayFail = planned.outgoing.some(({ sourceHandle }) => sourceHandle === "error" || sourceHandle === "budget");
  return mayFail ? null : factsOf(planned.node.type).output(planned.node.data, { tool: (name) => tools?.get(name) });
}

/** Nodes of the same body from which a path leads here. */
function ancestors(plan: Plan, node: PlanNode): string[] {
  const found = new Set<string>();
  const queue = node.incoming.map(({ source }) => source);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const source = plan.nodes.get(id);
    if (!source || found.has(id) || source.frame !== node.frame) continue;
    found.add(id);
    for (const edge of source.incoming) queue.push(edge.source);
  }
  found.delete(node.id);
  return [...found].sort();
}
