import type { GraphEdge, Plan, PlanNode } from "../graph/index.ts";

/** What of a body has run, or may have run, when a node of it runs. */
export interface Ways {
  isCertain: (earlier: string, node: string) => boolean;
  /** Whether a node surely runs when the body does. */
  isSure: (node: string) => boolean;
  /** Whether edges lead from one to the other, none of them back; undefined where a ring that is no loop lies before. */
  leadsTo: (earlier: string, node: string) => boolean | undefined;
}

/** A choice made on the way to a node, after others. Of the same choices there is one object. */
interface Choice {
  above: Choice | null;
  depth: number;
  made: Map<string, Choice>;
}

/** Under which choices a node runs, and what lies before it. */
interface Way {
  choice: Choice;
  /** Nodes that have surely run when it runs, a bit for each: sets of names would be as many as pairs of nodes. */
  certain: Uint32Array;
  /** Nodes from which edges lead here. */
  before: Uint32Array;
}

interface Body {
  plan: Plan;
  places: ReadonlyMap<string, number>;
  ways: Map<string, Way>;
  unconditional: Choice;
}

/** Follows every way through some nodes of one frame (or of the root), each node once. */
export function waysThrough(plan: Plan, members: readonly string[]): Ways {
  const body: Body = {
    plan,
    places: new Map(members.map((id, place) => [id, place])),
    ways: new Map(),
    unconditional: { above: null, depth: 0, made: new Map() },
  };
  const { sorted, ringed } = inOrder(plan, members);
  for (const id of [...sorted, ...ringed]) body.ways.set(id, wayTo(body, id));
  const isUnclear = new Set(ringed);
  const has = (bits: Uint32Array | undefined, earlier: string) => {
    const place = body.places.get(earlier);
    return place !== undefined && (wordAt(bits, place) & bitOf(place)) !== 0;
  };
  return {
    isSure: (node) => body.ways.get(node)?.choice === body.unconditional,
    isCertain: (earlier, node) => has(body.ways.get(node)?.certain, earlier),
    leadsTo: (earlier, node) => (isUnclear.has(node) ? undefined : has(body.ways.get(node)?.before, earlier)),
  };
}

function wayTo({ plan, ways, places, unconditional }: Body, id: string): Way {
  const words = Math.ceil(places.size / 32);
  const way: Way = { choice: unconditional, certain: new Uint32Array(words), before: new Uint32Array(words) };
  const waitsForAll = plan.nodes.get(id)?.join === "all";
  let isFirst = true;
  for (const edge of plan.nodes.get(id)?.entering ?? []) {
    const from = ways.get(edge.source);
    const source = plan.nodes.get(edge.source);
    const place = places.get(edge.source);
    if (!from || !source || place === undefined) continue;
    const choice = isSure(source, edge) ? from.choice : chosen(from.choice, `${edge.source}:${edge.sourceHandle}`);
    // edges that are taken together bring all their nodes; of edges of which one may be dead, only what both share is sure
    const isTogether = isFirst || (waitsForAll && way.choice === choice);
    for (let index = 0; index < words; index += 1) {
      const bit = index === place >>> 5 ? bitOf(place) : 0;
      const sure = wordAt(from.certain, index << 5) | bit;
      const mine = way.certain[index] ?? 0;
      way.certain[index] = isTogether ? mine | sure : mine & sure;
      way.before[index] = (way.before[index] ?? 0) | (from.before[index] ?? 0) | bit;
    }
    way.choice = isFirst ? choice : commonStart(way.choice, choice);
    isFirst = false;
  }
  return way;
}

function wordAt(bits: Uint32Array | undefined, place: number): number {
  return bits?.[place >>> 5] ?? 0;
}

function bitOf(place: number): number {
  return 1 << (place & 31);
}

const surelyGoesOn = new WeakMap<PlanNode, boolean>();

/** Whether this edge is taken whenever its source has ended well. */
export function isSure(source: PlanNode, edge: GraphEdge): boolean {
  return edge.sourceHandle === "out" && goesOnSurely(source);
}

/** Worked out once for each node: one that leads to many would be looked at for each of them. */
function goesOnSurely(source: PlanNode): boolean {
  const known = surelyGoesOn.get(source);
  if (known !== undefined) return known;
  const [main] = source.facts.handles(source.node.data);
  const mayFail = source.outgoing.some(({ sourceHandle }) => sourceHandle === "error" || sourceHandle === "budget");
  const sure = main?.id === "out" && !mayFail;
  surelyGoesOn.set(source, sure);
  return sure;
}

/** Sources before targets; apart from them what lies in or behind a ring that is no loop. */
function inOrder(plan: Plan, ids: readonly string[]): { sorted: string[]; ringed: string[] } {
  const within = new Set(ids);
  const waiting = new Map(
    ids.map((id) => [id, (plan.nodes.get(id)?.entering ?? []).filter(({ source }) => within.has(source)).length]),
  );
  const sorted = ids.filter((id) => waiting.get(id) === 0);
  // the list grows while it is walked
  for (const id of sorted) {
    for (const edge of plan.nodes.get(id)?.outgoing ?? []) {
      const { target } = edge;
      if (!within.has(target) || isBack(plan, edge)) continue;
      const left = (waiting.get(target) ?? 0) - 1;
      waiting.set(target, left);
      if (left === 0) sorted.push(target);
    }
  }
  const done = new Set(sorted);
  return { sorted, ringed: ids.filter((id) => !done.has(id)) };
}

/** Whether an edge leads back to the header of a loop that it lies in. */
function isBack(plan: Plan, { source, target }: GraphEdge): boolean {
  return plan.loops.get(target)?.members.has(source) ?? false;
}

function chosen(above: Choice, made: string): Choice {
  const known = above.made.get(made) ?? { above, depth: above.depth + 1, made: new Map() };
  above.made.set(made, known);
  return known;
}

/** The choices that two ways share, from the first on. */
function commonStart(a: Choice, b: Choice): Choice {
  let [one, other] = [a, b];
  while (one !== other) {
    if (one.depth >= other.depth && one.above) one = one.above;
    else if (other.above) other = other.above;
    else break;
  }
  return one;
}
