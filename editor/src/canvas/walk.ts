import type { Graph } from "@signalbox/shared/graph";
import { centreOf, type Places, placesOf } from "../document/geometry.ts";

/** A way to walk: with the flow, against it, or to what lies above or below. */
export type Direction = "left" | "right" | "up" | "down";

/** The node that one comes to from another: along an edge where there is one, else the nearest that way. */
export function walk(graph: Graph, from: string, direction: Direction): string | undefined {
  const places = placesOf(graph);
  if (direction === "right") {
    const next = graph.edges.filter(({ source }) => source === from).map(({ target }) => target);
    return highest(places, next) ?? nearest(places, from, direction);
  }
  if (direction === "left") {
    const before = graph.edges.filter(({ target }) => target === from).map(({ source }) => source);
    return highest(places, before) ?? nearest(places, from, direction);
  }
  return nearest(places, from, direction);
}

function highest(places: Places, ids: readonly string[]): string | undefined {
  const found = ids.flatMap((id) => places.get(id) ?? []);
  return found.sort((a, b) => a.rect.y - b.rect.y)[0]?.node.id;
}

function nearest(places: Places, from: string, direction: Direction): string | undefined {
  const start = places.get(from);
  if (!start) return undefined;
  const { x, y } = centreOf(start.rect);
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const { node, rect } of places.values()) {
    if (node.id === from) continue;
    const centre = centreOf(rect);
    const [dx, dy] = [centre.x - x, centre.y - y];
    const along = { left: -dx, right: dx, up: -dy, down: dy }[direction];
    const aside = direction === "up" || direction === "down" ? Math.abs(dx) : Math.abs(dy);
    if (along <= 4) continue;
    // what lies straight ahead is nearer than what lies far to the side
    const cost = along + aside * 2;
    if (cost >= least) continue;
    least = cost;
    best = node.id;
  }
  return best;
}

/** Everything that can be reached from a node, with the flow or against it, and the node itself. */
export function reachable(graph: Graph, from: string, direction: "left" | "right"): string[] {
  const found = new Set<string>();
  const queue = [from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const { source, target } of graph.edges) {
      if (direction === "right" && source === id) queue.push(target);
      if (direction === "left" && target === id) queue.push(source);
    }
  }
  return [...found];
}
