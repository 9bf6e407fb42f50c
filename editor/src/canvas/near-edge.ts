import { type Graph, isControlEdge } from "@signalbox/shared/graph";
import { type Placed, type Point, placesOf, sourcePoint, targetPoint } from "../document/geometry.ts";

const steps = 24;

/** The edge of the flow that passes nearest to a point, among those of one frame; none further away than `reach`. */
export function edgeNear(graph: Graph, point: Point, frame: string | undefined, reach: number): string | undefined {
  const places = placesOf(graph);
  let best: string | undefined;
  let least = reach;
  for (const edge of graph.edges) {
    const source = places.get(edge.source);
    const target = places.get(edge.target);
    if (!isControlEdge(edge) || !source || !target || source.frame !== frame || target.frame !== frame) continue;
    const away = distance(source, target, edge.sourceHandle, point);
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
