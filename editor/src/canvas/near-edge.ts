import { type Graph, isControlEdge } from "@signalbox/shared/graph";
import { cornersOf, detoursOf } from "../document/detour.ts";
import { type Placed, type Point, placesOf, sourcePoint, targetPoint } from "../document/geometry.ts";

const steps = 24;

/** The edge of the flow that passes nearest to a point, among those of one frame; none further away than `reach`. */
export function edgeNear(graph: Graph, point: Point, frame: string | undefined, reach: number): string | undefined {
  const places = placesOf(graph);
  const detours = detoursOf(graph);
  let best: string | undefined;
  let least = reach;
  for (const edge of graph.edges) {
    const source = places.get(edge.source);
    const target = places.get(edge.target);
    if (!isControlEdge(edge) || !source || !target || source.frame !== frame || target.frame !== frame) continue;
    const detour = detours.get(edge.id);
    const away =
      detour === undefined
        ? distance(source, target, edge.sourceHandle, point)
        : distanceAround(cornersOf(sourcePoint(source, edge.sourceHandle), targetPoint(target), detour), point);
    if (away >= least) continue;
    least = away;
    best = edge.id;
  }
  return best;
}

/** How far a point is from the curve between two nodes; the ends themselves do not count. */
function distance(source: Placed, target: Placed, handle: string, { x, y }: Point): number {
  const from = sourcePoint(source, handle);
  const to = targetPoint(target);
  const bend = Math.abs(to.x - from.x) / 2;
  let least = Number.POSITIVE_INFINITY;
  for (let step = 1; step < steps; step += 1) {
    const t = step / steps;
    const u = 1 - t;
    const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    const px = a * from.x + b * (from.x + bend) + c * (to.x - bend) + d * to.x;
    const py = (a + b) * from.y + (c + d) * to.y;
    least = Math.min(least, Math.hypot(px - x, py - y));
  }
  return least;
}

/** How far a point is from a line of straight pieces; the pieces at its ends do not count. */
function distanceAround(corners: readonly Point[], { x, y }: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 2; at < corners.length - 1; at += 1) {
    const [a, b] = [corners[at - 1], corners[at]];
    if (!a || !b) continue;
    const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
    const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
    const dx = Math.max(left - x, 0, x - right);
    const dy = Math.max(top - y, 0, y - bottom);
    least = Math.min(least, Math.hypot(dx, dy));
  }
  return least;
}
