import type { ScopeVariable } from "../expressions/index.ts";
import type { GraphEdge, Plan, PlanNode } from "../graph/index.ts";
import type { JsonSchema } from "../json/index.ts";
import { factsOf } from "../nodes/index.ts";
import type { Catalog } from "./finding.ts";

/** What expressions in a node may name, with the shape of each as far as it is known before a run. */
export function scopeOf(plan: Plan, nodeId: string, catalog: Catalog): ScopeVariable[] {
  const caller = plan.nodes.get(nodeId)?.used ? callerOf(plan, nodeId) : undefined;
  const at = caller ?? nodeId;
  const scope = new Map<string, ScopeVariable>();
  const add = (variable: ScopeVariable) => {
    if (!scope.has(variable.name)) scope.set(variable.name, variable);
  };
  for (const node of outward(plan, at)) {
    const { upstream, certain } = before(plan, node);
    for (const id of upstream) {
      const schema = outputOf(plan, id, catalog);
      add({ name: id, schema, optional: !certain.has(id) });
    }
    for (const variable of frameVariables(plan, node.frame)) add(variable);
  }
  add({ name: "input", schema: plan.graph.input ?? null });
  add({ name: "run", schema: runSchema });
  return [...scope.values()];
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

/** Under which choices a node runs: the choices made on the way to it, first to last. */
interface Way {
  choices: readonly string[];
  /** Nodes that have surely run when it runs. */
  certain: ReadonlySet<string>;
}

/** Nodes of the same body from which a path leads here, and which of them have surely run. */
function before(plan: Plan, node: PlanNode): { upstream: readonly string[]; certain: ReadonlySet<string> } {
  const ways = new Map<string, Way>();
  const upstream = ancestors(plan, node);
  for (const id of inOrder(plan, [...upstream, node.id])) {
    ways.set(id, wayTo(plan, id, ways));
  }
  return { upstream, certain: ways.get(node.id)?.certain ?? new Set() };
}

function wayTo(plan: Plan, id: string, ways: ReadonlyMap<string, Way>): Way {
  const incoming = plan.nodes.get(id)?.incoming ?? [];
  const arriving = incoming.flatMap((edge) => {
    const from = ways.get(edge.source);
    const source = plan.nodes.get(edge.source);
    if (!from || !source) return [];
    const choices = isSure(source, edge) ? from.choices : [...from.choices, `${edge.source}:${edge.sourceHandle}`];
    return [{ choices, certain: new Set([...from.certain, edge.source]) }];
  });
  const [first, ...others] = arriving;
  if (!first) return { choices: [], certain: new Set() };
  const waitsForAll = plan.nodes.get(id)?.join === "all";
  let { choices } = first;
  let certain: ReadonlySet<string> = first.certain;
  for (const other of others) {
    const together = waitsForAll && sameChoices(choices, other.choices);
    // edges that are taken together bring all their nodes; of edges of which one may be dead, only what both share is sure
    certain = together ? certain.union(other.certain) : certain.intersection(other.certain);
    choices = commonStart(choices, other.choices);
  }
  return { choices, certain };
}

/** Whether this edge is taken whenever its source has ended well. */
function isSure(source: PlanNode, edge: GraphEdge): boolean {
  const handles = new Set(source.outgoing.map(({ sourceHandle }) => sourceHandle));
  const [main] = source.facts.handles(source.node.data);
  return main?.id === "out" && edge.sourceHandle === "out" && !handles.has("error") && !handles.has("budget");
}

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

/** Sources before targets; what lies in a ring comes last. */
function inOrder(plan: Plan, ids: readonly string[]): string[] {
  const within = new Set(ids);
  const waiting = new Map(
    ids.map((id) => [id, (plan.nodes.get(id)?.incoming ?? []).filter(({ source }) => within.has(source)).length]),
  );
  const ready = ids.filter((id) => waiting.get(id) === 0);
  const sorted: string[] = [];
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    sorted.push(id);
    for (const { target } of plan.nodes.get(id)?.outgoing ?? []) {
      if (!within.has(target)) continue;
      const left = (waiting.get(target) ?? 0) - 1;
      waiting.set(target, left);
      if (left === 0) ready.push(target);
    }
  }
  return [...sorted, ...ids.filter((id) => !sorted.includes(id))];
}

function sameChoices(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((choice, index) => choice === b[index]);
}

function commonStart(a: readonly string[], b: readonly string[]): readonly string[] {
  const end = a.findIndex((choice, index) => choice !== b[index]);
  return end < 0 ? a : a.slice(0, end);
}
