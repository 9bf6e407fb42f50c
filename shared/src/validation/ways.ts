import type { GraphEdge, Plan, PlanNode } from "../graph/index.ts";

/** Which nodes of a body have surely run when another one runs. */
export interface Ways {
  isCertain: (earlier: string, node: string) => boolean;
  /** Whether a node surely runs when the body does. */
  isSure: (node: string) => boolean;
}

/** Under which choices a node runs: the choices made on the way to it, first to last. */
interface Way {
  choices: readonly string[];
  /** Nodes that have surely run when it runs, a bit for each: sets of names would be as many as pairs of nodes. */
  certain: Uint32Array;
}

/** Follows every way through what is drawn in one frame (or at the root), each node once. */
export function waysThrough(plan: Plan, frame: string | null): Ways {
  const members = [...plan.nodes.values()].filter((node) => node.frame === frame).map(({ id }) => id);
  const places = new Map(members.map((id, place) => [id, place]));
  const ways = new Map<string, Way>();
  for (const id of inOrder(plan, members)) ways.set(id, wayTo(plan, id, ways, places));
  return {
    isSure: (node) => ways.get(node)?.choices.length === 0,
    isCertain: (earlier, node) => {
      const place = places.get(earlier);
      return place !== undefined && (wordAt(ways.get(node)?.certain, place) & bitOf(place)) !== 0;
    },
  };
}

function wayTo(plan: Plan, id: string, ways: ReadonlyMap<string, Way>, places: ReadonlyMap<string, number>): Way {
  const incoming = plan.nodes.get(id)?.entering ?? [];
  const arriving = incoming.flatMap((edge): Way[] => {
    const from = ways.get(edge.source);
    const source = plan.nodes.get(edge.source);
    const place = places.get(edge.source);
    if (!from || !source || place === undefined) return [];
    const choices = isSure(source, edge) ? from.choices : [...from.choices, `${edge.source}:${edge.sourceHandle}`];
    const certain = from.certain.slice();
    certain[place >>> 5] = wordAt(certain, place) | bitOf(place);
    return [{ choices, certain }];
  });
  const [first, ...others] = arriving;
  if (!first) return { choices: [], certain: new Uint32Array(Math.ceil(places.size / 32)) };
  const waitsForAll = plan.nodes.get(id)?.join === "all";
  let { choices } = first;
  const { certain } = first;
  for (const other of others) {
    const together = waitsForAll && sameChoices(choices, other.choices);
    // edges that are taken together bring all their nodes; of edges of which one may be dead, only what both share is sure
    for (const [index, word] of other.certain.entries()) {
      const mine = certain[index] ?? 0;
      certain[index] = together ? mine | word : mine & word;
    }
    choices = commonStart(choices, other.choices);
  }
  return { choices, certain };
}

function wordAt(bits: Uint32Array | undefined, place: number): number {
  return bits?.[place >>> 5] ?? 0;
}

function bitOf(place: number): number {
  return 1 << (place & 31);
}

/** Whether this edge is taken whenever its source has ended well. */
export function isSure(source: PlanNode, edge: GraphEdge): boolean {
  const handles = new Set(source.outgoing.map(({ sourceHandle }) => sourceHandle));
  const [main] = source.facts.handles(source.node.data);
  return main?.id === "out" && edge.sourceHandle === "out" && !handles.has("error") && !handles.has("budget");
}

/** Sources before targets; what lies in a ring comes last. */
function inOrder(plan: Plan, ids: readonly string[]): string[] {
  const within = new Set(ids);
  const waiting = new Map(
    ids.map((id) => [id, (plan.nodes.get(id)?.entering ?? []).filter(({ source }) => within.has(source)).length]),
  );
  const ready = ids.filter((id) => waiting.get(id) === 0);
  const sorted: string[] = [];
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    sorted.push(id);
    for (const edge of plan.nodes.get(id)?.outgoing ?? []) {
      const { target } = edge;
      if (!within.has(target) || isBack(plan, edge)) continue;
      const left = (waiting.get(target) ?? 0) - 1;
      waiting.set(target, left);
      if (left === 0) ready.push(target);
    }
  }
  const done = new Set(sorted);
  return [...sorted, ...ids.filter((id) => !done.has(id))];
}

/** Whether an edge leads back to the header of a loop that it lies in. */
function isBack(plan: Plan, { source, target }: GraphEdge): boolean {
  return plan.loops.get(target)?.members.has(source) ?? false;
}

function sameChoices(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((choice, index) => choice === b[index]);
}

function commonStart(a: readonly string[], b: readonly string[]): readonly string[] {
  const end = a.findIndex((choice, index) => choice !== b[index]);
  return end < 0 ? a : a.slice(0, end);
}
