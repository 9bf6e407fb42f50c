import type { Graph } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import type { WireEnd } from "../document/arrange.ts";
import type { Wire } from "../document/commands.ts";
import { contains, framesAround, type Placed, type Places, type Point, placesOf } from "../document/geometry.ts";
import { freeMainHandle, mainHandle, wireProblem } from "../document/wires.ts";

/** The node under a point; a frame only where the wire does not come from inside it. */
export function nodeAt(places: Places, point: Point, from: string): Placed | undefined {
  const around = new Set(framesAround(places, from));
  let best: Placed | undefined;
  for (const placed of places.values()) {
    const { role } = factsOf(placed.node.type);
    if (around.has(placed.node.id) || !contains(placed.rect, point)) continue;
    // a card lies on its frame, a note under everything
    const height = placed.depth * 3 + (role === "frame" ? 1 : role === "remark" ? 0 : 2);
    const bestRole = best && factsOf(best.node.type).role;
    const bestHeight = best ? best.depth * 3 + (bestRole === "frame" ? 1 : bestRole === "remark" ? 0 : 2) : -1;
    if (height > bestHeight) best = placed;
  }
  return best;
}

/** The edge that a wire becomes when it is let go on a node: on the way in, or from the first free way out. */
export function wireOnto(graph: Graph, end: WireEnd, node: string): Wire | undefined {
  if (end.side === "source") return { source: end.node, sourceHandle: end.handle, target: node };
  const source = placesOf(graph).get(node)?.node;
  const handle = source && (freeMainHandle(graph.edges, source) ?? mainHandle(source));
  return handle === undefined ? undefined : { source: node, sourceHandle: handle, target: end.node };
}

/** Every node at which a wire may end. */
export function fittingNodes(graph: Graph, end: WireEnd, edge: string | undefined): Set<string> {
  const fitting = graph.nodes.filter(({ id }) => {
    const wire = wireOnto(graph, end, id);
    return wire !== undefined && wireProblem(graph, wire, edge) === undefined;
  });
  return new Set(fitting.map(({ id }) => id));
}
