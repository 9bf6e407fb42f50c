import type { ScopeVariable } from "../expressions/index.ts";
import { bodyOf, type Plan, type PlanNode } from "../graph/index.ts";
import type { JsonSchema } from "../json/index.ts";
import { factsOf } from "../nodes/index.ts";
import type { Catalog } from "./finding.ts";
import { type Ways, waysThrough } from "./ways.ts";

/** What expressions may name, node by node. */
export interface Scopes {
  /** All of it; to gather it takes as long as there are nodes before. */
  all: (nodeId: string, inside?: boolean) => ScopeVariable[];
  /** One name of it, at once. */
  find: (nodeId: string, name: string, inside?: boolean) => ScopeVariable | undefined;
}

/** What expressions in a node may name, with the shape of each as far as it is known before a run. */
export function scopeOf(plan: Plan, nodeId: string, catalog: Catalog, inside = false): ScopeVariable[] {
  return scopesOf(plan, catalog).all(nodeId, inside);
}

/** The same for every node of a plan: what they share is worked out once. */
export function scopesOf(plan: Plan, catalog: Catalog): Scopes {
  const members = Map.groupBy(plan.nodes.values(), ({ frame }) => frame);
  const ways = new Map<string | null, Ways>();
  const outputs = new Map<string, JsonSchema | null>();
  const callers = callersOf(plan);

  function waysIn(frame: string | null): Ways {
    const known = ways.get(frame) ?? waysThrough(plan, members.get(frame)?.map(({ id }) => id) ?? []);
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

  const heldBy = (frame: string, id: string) => ({
    name: id,
    schema: output(id),
    optional: !waysIn(frame).isSure(id),
  });
  const earlier = (id: string, node: PlanNode) => ({
    name: id,
    schema: output(id),
    optional: !waysIn(node.frame).isCertain(id, node.id),
  });

  function comesBefore(named: PlanNode, node: PlanNode): boolean {
    const { leadsTo } = waysIn(node.frame);
    const comes = leadsTo(named.id, node.id) ?? ancestors(plan, node).includes(named.id);
    return comes || comesByLoop(plan, named, node, leadsTo);
  }

  /** Variables that are no nodes, nearest first. */
  function given(nodeId: string, inside: boolean): ScopeVariable[] {
    const around = outward(plan, callerOf(plan, callers, nodeId) ?? nodeId);
    return [
      ...(inside ? frameVariables(plan, nodeId) : []),
      ...around.flatMap(({ loop, frame }) => [...(loop === null ? [] : passVariables), ...frameVariables(plan, frame)]),
      { name: "input", schema: plan.graph.input ?? null },
      { name: "run", schema: runSchema },
    ];
  }

  return {
    all: (nodeId, inside = false) => {
      const nodes = [
        ...(inside ? bodyOf(plan, nodeId).nodes.map((id) => heldBy(nodeId, id)) : []),
        ...outward(plan, callerOf(plan, callers, nodeId) ?? nodeId).flatMap((node) =>
          ancestors(plan, node).map((id) => earlier(id, node)),
        ),
      ];
      const scope = new Map<string, ScopeVariable>();
      for (const variable of [...nodes, ...given(nodeId, inside)]) {
        if (!scope.has(variable.name)) scope.set(variable.name, variable);
      }
      return [...scope.values()];
    },
    find: (nodeId, name, inside = false) => {
      const named = plan.nodes.get(name);
      // no node goes by the name of a variable
      if (!named) return given(nodeId, inside).find((variable) => variable.name === name);
      if (inside && named.frame === nodeId && runs(plan, named)) return heldBy(nodeId, name);
      const around = outward(plan, callerOf(plan, callers, nodeId) ?? nodeId);
      const node = around.find((one) => one.frame === named.frame && one !== named && comesBefore(named, one));
      return node && earlier(name, node);
    },
  };
}

/** Whether what a loop outside of a node holds has run before it: of a loop that was entered, all has. */
function comesByLoop(plan: Plan, named: PlanNode, node: PlanNode, leadsTo: Ways["leadsTo"]): boolean {
  let loop = plan.loops.get(named.loop ?? "");
  while (loop && !loop.members.has(node.id)) {
    if (leadsTo(loop.header, node.id)) return true;
    loop = plan.loops.get(loop.parent ?? "");
  }
  return false;
}

/** Whether a node is in the flow of its body. */
function runs({ bodies }: Plan, { id, frame }: PlanNode): boolean {
  return bodies.get(frame ?? "")?.nodes.includes(id) ?? false;
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

/** By each node that is called, the first that may call it. */
function callersOf(plan: Plan): ReadonlyMap<string, string> {
  const callers = new Map<string, string>();
  for (const { id, uses } of plan.nodes.values()) {
    for (const used of uses) if (!callers.has(used)) callers.set(used, id);
  }
  return callers;
}

/** The agent in the flow for which this node is called, however many specialists lie between. */
function callerOf(plan: Plan, callers: ReadonlyMap<string, string>, used: string): string | undefined {
  if (!plan.nodes.get(used)?.used) return undefined;
  const seen = new Set<string>();
  let at = callers.get(used);
  for (let next = at; next !== undefined && !seen.has(next); next = callers.get(next)) {
    seen.add(next);
    at = next;
  }
  return at;
}

/** What stands for the pass of a loop: a node of the pass before may have been skipped, and in the first there is none. */
const passVariables: readonly ScopeVariable[] = [
  { name: "iteration", schema: { type: "integer" } },
  { name: "previous", schema: null },
];

function frameVariables(plan: Plan, frame: string | null): readonly ScopeVariable[] {
  const node = frame === null ? undefined : plan.nodes.get(frame)?.node;
  if (!node) return [];
  if (
    factsOf(node.type)
      .handles(node.data)
      .some(({ id }) => id === "exhausted")
  )
    return passVariables;
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
  const loop = plan.loops.get(to.id);
  const edges = loop && !loop.members.has(seenFrom.id) ? [...to.entering, ...loop.back] : to.entering;
  return edges.map(({ source }) => source);
}
