import type { ScopeVariable } from "../expressions/index.ts";
import { bodyOf, type Plan, type PlanNode } from "../graph/index.ts";
import type { JsonSchema } from "../json/index.ts";
import { factsOf } from "../nodes/index.ts";
import type { Catalog } from "./finding.ts";
import { type Ways, waysThrough } from "./ways.ts";

/** What expressions in a node may name, with the shape of each as far as it is known before a run. */
export function scopeOf(plan: Plan, nodeId: string, catalog: Catalog, inside = false): ScopeVariable[] {
  return scopesOf(plan, catalog)(nodeId, inside);
}

/** The same for every node of a plan: what they share is worked out once. */
export function scopesOf(plan: Plan, catalog: Catalog): (nodeId: string, inside?: boolean) => ScopeVariable[] {
  const ways = new Map<string | null, Ways>();
  const outputs = new Map<string, JsonSchema | null>();

  function waysIn(frame: string | null): Ways {
    const known = ways.get(frame) ?? waysThrough(plan, frame);
    ways.set(frame, known);
    return known;
  }

  function output(id: string): JsonSchema | null {
    const known = outputs.get(id);
    if (known !== undefined) return known;
    const schema = outputOf(plan, id, catalog);
    outputs.set(id, schema);
    return schema;
  }

  return (nodeId, inside = false) => {
    const caller = plan.nodes.get(nodeId)?.used ? callerOf(plan, nodeId) : undefined;
    const scope = new Map<string, ScopeVariable>();
    const add = (variable: ScopeVariable) => {
      if (!scope.has(variable.name)) scope.set(variable.name, variable);
    };
    if (inside) {
      const { isSure } = waysIn(nodeId);
      for (const id of bodyOf(plan, nodeId).nodes) add({ name: id, schema: output(id), optional: !isSure(id) });
      for (const variable of frameVariables(plan, nodeId)) add(variable);
    }
    for (const node of outward(plan, caller ?? nodeId)) {
      const { isCertain } = waysIn(node.frame);
      for (const id of ancestors(plan, node)) add({ name: id, schema: output(id), optional: !isCertain(id, node.id) });
      if (node.loop !== null) for (const variable of passVariables) add(variable);
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

/** What stands for the pass of a loop: a node of the pass before may have been skipped, and in the first there is none. */
const passVariables: readonly ScopeVariable[] = [
  { name: "iteration", schema: { type: "integer" } },
  { name: "previous", schema: null },
];

function frameVariables(plan: Plan, frame: string | null): readonly ScopeVariable[] {
  const node = frame === null ? undefined : plan.nodes.get(frame)?.node;
  if (!node) return [];
  if ("maxIterations" in node.data) return passVariables;
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

/**
 * Nodes of the same body from which a path leads here. Inside a loop the edges back to its header lead from the pass
 * before, which is `previous`; from outside all of a loop that was entered has run.
 */
function ancestors(plan: Plan, node: PlanNode): string[] {
  const found = new Set<string>();
  const queue = sourcesOf(plan, node, node);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const source = plan.nodes.get(id);
    if (!source || found.has(id) || source.frame !== node.frame) continue;
    found.add(id);
    queue.push(...sourcesOf(plan, source, node));
  }
  found.delete(node.id);
  return [...found].sort();
}

function sourcesOf(plan: Plan, to: PlanNode, seenFrom: PlanNode): string[] {
  const isInside = plan.loops.get(to.id)?.members.has(seenFrom.id) ?? true;
  return (isInside ? to.entering : to.incoming).map(({ source }) => source);
}
