import { factsOf, type Join, type NodeFacts } from "../nodes/index.ts";
import { type Graph, type GraphEdge, type GraphNode, isControlEdge } from "./graph.ts";

/** A node with its place in the flow. */
export interface PlanNode {
  id: string;
  node: GraphNode;
  facts: NodeFacts;
  /** The frame that holds it, null at the root. */
  frame: string | null;
  /** Control edges into it, by edge id. */
  incoming: readonly GraphEdge[];
  /** Control edges out of it, by edge id. */
  outgoing: readonly GraphEdge[];
  /** Nodes it may call. */
  uses: readonly string[];
  /** When its incoming edges let it run; frames always wait for all. */
  join: Join;
  /** Whether it is called by another node and so is no part of the flow. */
  used: boolean;
}

/** What is drawn inside one frame (or at the root), as it runs. */
export interface PlanBody {
  /** Nodes of the flow that an entry reaches. */
  nodes: readonly string[];
  entries: readonly string[];
  /** Nodes without an edge onward inside: their outputs are the body's value. */
  last: readonly string[];
}

/** A graph as it is run: every lookup that a step needs, made once. */
export interface Plan {
  graph: Graph;
  nodes: ReadonlyMap<string, PlanNode>;
  /** By frame id; the root's is under "". */
  bodies: ReadonlyMap<string, PlanBody>;
  /** The connected parts of each frame's body, by lane name. */
  lanes: ReadonlyMap<string, ReadonlyMap<string, PlanBody>>;
  edgeTargets: ReadonlyMap<string, PlanNode | undefined>;
}

/** The plan of a graph. Total: a graph with findings has a plan too, only not one that should be run. */
export function planGraph(graph: Graph): Plan {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  const edges = graph.edges.toSorted(byId);
  const incoming = Map.groupBy(edges.filter(isControlEdge), ({ target }) => target);
  const outgoing = Map.groupBy(edges.filter(isControlEdge), ({ source }) => source);
  const permissions = edges.filter((edge) => !isControlEdge(edge));
  const uses = Map.groupBy(permissions, ({ source }) => source);
  const used = new Set(permissions.map(({ target }) => target));

  const nodes = new Map<string, PlanNode>();
  for (const node of graph.nodes.toSorted(byId)) {
    nodes.set(node.id, {
      id: node.id,
      node,
      facts: factsOf(node.type),
      frame: node.parentId ?? null,
      incoming: incoming.get(node.id) ?? [],
      outgoing: outgoing.get(node.id) ?? [],
      uses: (uses.get(node.id) ?? []).map(({ target }) => target),
      join: joinOf(node),
      used: used.has(node.id),
    });
  }

  const bodies = new Map<string, PlanBody>();
  const lanes = new Map<string, ReadonlyMap<string, PlanBody>>();
  const members = Map.groupBy(nodes.values(), ({ frame }) => frame ?? "");
  for (const [frame, held] of members) {
    const flow = held.filter(({ used, facts }) => !used && facts.role !== "remark");
    const starts = flow.filter(({ facts, incoming }) => (frame ? incoming.length === 0 : facts.role === "entry"));
    const whole = bodyFrom(starts, nodes);
    bodies.set(frame, whole);
    if (frame) lanes.set(frame, lanesOf(starts, whole, nodes));
  }
  if (!bodies.has("")) bodies.set("", { nodes: [], entries: [], last: [] });
  const edgeTargets = new Map(edges.flatMap(({ id, target }) => [[id, nodes.get(target)] as const]));
  return { graph, nodes, bodies, lanes, edgeTargets };
}

/** On a frame the field `join` speaks of its lanes; its own incoming edges join by `all`. */
function joinOf({ type, data }: GraphNode): Join {
  if (factsOf(type).role === "frame" || !("join" in data)) return "all";
  return data.join === undefined || data.join === "settled" ? "all" : data.join;
}

const emptyBody: PlanBody = { nodes: [], entries: [], last: [] };

/** What a frame holds; empty where it holds nothing. */
export function bodyOf(plan: Plan, frame: string): PlanBody {
  return plan.bodies.get(frame) ?? emptyBody;
}

function bodyFrom(entries: readonly PlanNode[], nodes: ReadonlyMap<string, PlanNode>): PlanBody {
  const reached = new Set<string>();
  const queue = [...entries];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (reached.has(node.id)) continue;
    reached.add(node.id);
    for (const { target } of node.outgoing) {
      const next = nodes.get(target);
      if (next && next.frame === node.frame) queue.push(next);
    }
  }
  const sorted = [...reached].sort();
  return {
    nodes: sorted,
    entries: entries.map(({ id }) => id),
    last: sorted.filter((id) => !nodes.get(id)?.outgoing.some(({ target }) => reached.has(target))),
  };
}

function lanesOf(entries: readonly PlanNode[], whole: PlanBody, nodes: ReadonlyMap<string, PlanNode>) {
  const lane = new Map<string, string>();
  const lanes = new Map<string, PlanBody>();
  for (const entry of entries) {
    if (lane.has(entry.id)) continue;
    const part = connected(entry.id, nodes, new Set(whole.nodes));
    for (const id of part) lane.set(id, entry.id);
    lanes.set(entry.id, {
      nodes: whole.nodes.filter((id) => part.has(id)),
      entries: whole.entries.filter((id) => part.has(id)),
      last: whole.last.filter((id) => part.has(id)),
    });
  }
  return lanes;
}

function connected(from: string, nodes: ReadonlyMap<string, PlanNode>, within: ReadonlySet<string>): Set<string> {
  const part = new Set<string>();
  const queue = [from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (part.has(id) || !within.has(id)) continue;
    part.add(id);
    const node = nodes.get(id);
    queue.push(...(node?.outgoing ?? []).map(({ target }) => target));
    queue.push(...(node?.incoming ?? []).map(({ source }) => source));
  }
  return part;
}
