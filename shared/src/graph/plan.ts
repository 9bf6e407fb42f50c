import { factsOf, type Join, type NodeFacts } from "../nodes/index.ts";
import { type Cycle, cyclesIn } from "./cycles.ts";
import { type Graph, type GraphEdge, type GraphNode, isControlEdge } from "./graph.ts";

/** A node with its place in the flow. */
export interface PlanNode {
  id: string;
  node: GraphNode;
  facts: NodeFacts;
  /** The frame that holds it, null at the root. */
  frame: string | null;
  /** The innermost loop of edges it lies in, by header; null outside of any. */
  loop: string | null;
  /** Control edges into it, by edge id. */
  incoming: readonly GraphEdge[];
  /** Those of them that a run can bring: none from a node that nothing leads to, none back to a loop's header. */
  entering: readonly GraphEdge[];
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
  /** What must come to rest before the body does: its nodes, and each loop in it as one, by its header. */
  units: readonly string[];
  entries: readonly string[];
  /** Nodes without an edge onward inside: their outputs are the body's value. */
  last: readonly string[];
}

/** A loop that edges back to an earlier node make: it runs as a frame without a border, named by its header. */
export interface PlanLoop extends Cycle {
  /** What runs in one pass. */
  body: PlanBody;
  /** Edges that leave it. */
  exits: readonly GraphEdge[];
  maxIterations: number;
}

/** A graph as it is run: every lookup that a step needs, made once. */
export interface Plan {
  graph: Graph;
  nodes: ReadonlyMap<string, PlanNode>;
  /** By frame id; the root's is under "". */
  bodies: ReadonlyMap<string, PlanBody>;
  /** The connected parts of each frame's body, by lane name. */
  lanes: ReadonlyMap<string, ReadonlyMap<string, PlanBody>>;
  /** By header. */
  loops: ReadonlyMap<string, PlanLoop>;
  /** Rings that are entered at several nodes, which no run could make sense of: those nodes. */
  tangles: readonly (readonly string[])[];
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
      loop: null,
      incoming: incoming.get(node.id) ?? [],
      entering: incoming.get(node.id) ?? [],
      outgoing: outgoing.get(node.id) ?? [],
      uses: (uses.get(node.id) ?? []).map(({ target }) => target),
      join: joinOf(node),
      used: used.has(node.id),
    });
  }

  const bodies = new Map<string, PlanBody>();
  const lanes = new Map<string, ReadonlyMap<string, PlanBody>>();
  const loops = new Map<string, PlanLoop>();
  const tangles: (readonly string[])[] = [];
  const members = Map.groupBy(nodes.values(), ({ frame }) => frame ?? "");
  for (const [frame, held] of members) {
    const flow = held.filter(({ used, facts }) => !used && facts.role !== "remark");
    const starts = flow.filter(({ facts, incoming }) => (frame ? incoming.length === 0 : facts.role === "entry"));
    const reached = reachedFrom(starts, nodes);
    dropUnreached(reached, nodes);
    const within = reached.flatMap((id) => nodes.get(id)?.outgoing ?? []);
    const found = cyclesIn(
      reached,
      within.filter(({ target }) => nodes.get(target)?.frame === (frame || null)),
    );
    tangles.push(...found.tangles);
    for (const cycle of found.loops) placeCycle(cycle, nodes);
    const parts: Parts = { nodes, loops: found.loops, back: new Set(found.loops.flatMap(({ back }) => back)) };
    for (const cycle of found.loops) loops.set(cycle.header, planLoop(cycle, parts));
    const whole = bodyOfNodes(reached, starts, parts);
    bodies.set(frame, whole);
    if (frame) lanes.set(frame, lanesOf(starts, whole, nodes));
  }
  if (!bodies.has("")) bodies.set("", emptyBody);
  const edgeTargets = new Map(edges.flatMap(({ id, target }) => [[id, nodes.get(target)] as const]));
  return { graph, nodes, bodies, lanes, loops, tangles, edgeTargets };
}

/** On a frame the field `join` speaks of its lanes; its own incoming edges join by `all`. */
function joinOf({ type, data }: GraphNode): Join {
  if (factsOf(type).role === "frame" || !("join" in data)) return "all";
  return data.join === undefined || data.join === "settled" ? "all" : data.join;
}

const emptyBody: PlanBody = { nodes: [], units: [], entries: [], last: [] };

/** What a frame holds; empty where it holds nothing. */
export function bodyOf(plan: Plan, frame: string): PlanBody {
  return plan.bodies.get(frame) ?? emptyBody;
}

/** The loop that holds this node and lies directly in the loop `level` (null: in none); undefined where there is none. */
export function loopHolding(plan: Plan, node: string, level: string | null): PlanLoop | undefined {
  let loop = plan.loops.get(plan.nodes.get(node)?.loop ?? "");
  while (loop && loop.parent !== level) loop = loop.header === level ? undefined : plan.loops.get(loop.parent ?? "");
  return loop;
}

function reachedFrom(entries: readonly PlanNode[], nodes: ReadonlyMap<string, PlanNode>): string[] {
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
  return [...reached].sort();
}

/** What nothing leads to never ends, so no join may wait for its edges. */
function dropUnreached(reached: readonly string[], nodes: Map<string, PlanNode>): void {
  const runs = new Set(reached);
  for (const id of reached) {
    const node = nodes.get(id);
    if (!node || node.incoming.every(({ source }) => runs.has(source))) continue;
    nodes.set(id, { ...node, entering: node.incoming.filter(({ source }) => runs.has(source)) });
  }
}

/** Tells each node its innermost loop; loops come outer before inner, so the last word is the innermost. */
function placeCycle({ header, members, back }: Cycle, nodes: Map<string, PlanNode>): void {
  for (const id of members) {
    const node = nodes.get(id);
    if (node) nodes.set(id, { ...node, loop: header });
  }
  const first = nodes.get(header);
  const isBack = new Set(back);
  if (first) nodes.set(header, { ...first, entering: first.entering.filter((edge) => !isBack.has(edge)) });
}

const defaultMaxIterations = 25;

interface Parts {
  nodes: ReadonlyMap<string, PlanNode>;
  loops: readonly Cycle[];
  back: ReadonlySet<GraphEdge>;
}

function planLoop(cycle: Cycle, parts: Parts): PlanLoop {
  const { nodes } = parts;
  const { header, members, back } = cycle;
  const held = [...members].sort();
  const entry = nodes.get(header);
  const limits = back.flatMap(({ data }) => data?.maxIterations ?? []);
  return {
    ...cycle,
    body: bodyOfNodes(held, entry ? [entry] : [], parts, header),
    exits: held.flatMap((id) => nodes.get(id)?.outgoing ?? []).filter(({ target }) => !members.has(target)),
    maxIterations: limits.length > 0 ? Math.min(...limits) : defaultMaxIterations,
  };
}

/** A body of these nodes, directly in the loop `level` or in none. */
function bodyOfNodes(
  ids: readonly string[],
  entries: readonly PlanNode[],
  { nodes, loops, back }: Parts,
  level: string | null = null,
): PlanBody {
  const within = new Set(ids);
  const leadsOn = (id: string) => nodes.get(id)?.outgoing.some((edge) => within.has(edge.target) && !back.has(edge));
  const inner = loops
    .filter(({ header, parent }) => parent === level && within.has(header))
    .map(({ header }) => header);
  return {
    nodes: ids,
    units: [...ids.filter((id) => nodes.get(id)?.loop === level), ...inner].sort(),
    entries: entries.map(({ id }) => id),
    last: ids.filter((id) => !leadsOn(id)),
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
      units: whole.units.filter((id) => part.has(id)),
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
