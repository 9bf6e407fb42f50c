import type { GraphEdge } from "./graph.ts";

/** A ring of edges as a loop: what it holds, where it is entered, which edges lead back. */
export interface Cycle {
  header: string;
  /** The header of the loop it lies in, null where it lies in none. */
  parent: string | null;
  members: ReadonlySet<string>;
  /** Edges from inside to the header. */
  back: readonly GraphEdge[];
}

/** The loops in a piece of flow, outer before inner; and the rings that are entered at several nodes and so are none. */
export interface Cycles {
  loops: readonly Cycle[];
  /** The nodes at which each such ring is entered. */
  tangles: readonly (readonly string[])[];
}

interface Piece {
  parent: string | null;
  nodes: readonly string[];
  edges: readonly GraphEdge[];
}

/**
 * Finds loops by strongly connected parts: a part with one entry is a loop with that header; without the edges back to
 * it, what is left of the part holds the inner loops (the nesting forest of Steensgaard). Nodes that nothing outside a
 * ring leads to are never reached and make no loop.
 */
export function cyclesIn(nodes: readonly string[], edges: readonly GraphEdge[]): Cycles {
  const loops: Cycle[] = [];
  const tangles: string[][] = [];
  const pieces: Piece[] = [{ parent: null, nodes, edges }];
  // by hand, not by recursion: nesting is as deep as people draw it
  for (let piece = pieces.pop(); piece; piece = pieces.pop()) {
    const { parent } = piece;
    const partOf = stronglyConnected(piece.nodes, piece.edges);
    const within = Map.groupBy(
      piece.edges.filter(({ source, target }) => partOf.get(source) === partOf.get(target)),
      ({ source }) => partOf.get(source) ?? 0,
    );
    const members = Map.groupBy(piece.nodes, (id) => partOf.get(id) ?? 0);
    const entries = new Map<number, Set<string>>();
    for (const { source, target } of piece.edges) {
      const part = partOf.get(target);
      if (part === undefined || partOf.get(source) === part) continue;
      entries.set(part, (entries.get(part) ?? new Set()).add(target));
    }
    for (const [part, own] of within) {
      const entered = [...(entries.get(part) ?? [])].sort();
      const [header, ...others] = entered;
      if (header === undefined) continue;
      if (others.length > 0) {
        tangles.push(entered);
        continue;
      }
      const held = members.get(part) ?? [];
      const back = own.filter(({ target }) => target === header);
      loops.push({ header, parent, members: new Set(held), back });
      pieces.push({ parent: header, nodes: held, edges: own.filter(({ target }) => target !== header) });
    }
  }
  return { loops, tangles };
}

/** Tarjan's algorithm: for each node the number of its part. */
function stronglyConnected(nodes: readonly string[], edges: readonly GraphEdge[]): ReadonlyMap<string, number> {
  const outgoing = Map.groupBy(edges, ({ source }) => source);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const partOf = new Map<string, number>();
  const open: string[] = [];
  let parts = 0;
  const enter = (id: string) => {
    order.set(id, order.size);
    lowest.set(id, order.size - 1);
    open.push(id);
    return { id, next: 0 };
  };
  const lower = (id: string, to: number) => lowest.set(id, Math.min(lowest.get(id) ?? to, to));
  for (const root of nodes) {
    if (order.has(root)) continue;
    const path = [enter(root)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = outgoing.get(top.id)?.[top.next]?.target;
      top.next += 1;
      if (target !== undefined) {
        if (!order.has(target)) path.push(enter(target));
        else if (!partOf.has(target)) lower(top.id, order.get(target) ?? 0);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(above.id, lowest.get(top.id) ?? 0);
      if (lowest.get(top.id) !== order.get(top.id)) continue;
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        partOf.set(id, parts);
        if (id === top.id) break;
      }
      parts += 1;
    }
  }
  return partOf;
}
