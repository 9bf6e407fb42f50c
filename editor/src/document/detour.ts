import type { Graph, GraphEdge } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { frameHead } from "../nodes/size.ts";
import { type Places, type Point, placesOf, sourcePoint, targetPoint } from "./geometry.ts";
import { type Structure, structureOf } from "./structure.ts";

/** How far an edge that leads back goes out to the side of its ends. */
const aside = 20;
/** How far it passes over what lies between its ends: there the passes of the loop are chosen. */
const over = 44;
/** How far it passes under it; frames leave a little more than this free. */
const under = 16;
/** How far it keeps from another that goes around less. */
const apart = 12;

const none: ReadonlyMap<string, number> = new Map();
let kept: { places: Places; structure: Structure; detours: ReadonlyMap<string, number> } | undefined;

/** For each edge that leads back, the height at which it passes what lies between its ends. */
export function detoursOf(graph: Graph): ReadonlyMap<string, number> {
  const structure = structureOf(graph);
  if (structure.back.size === 0) return none;
  const places = placesOf(graph);
  if (kept?.places === places && kept.structure === structure) return kept.detours;
  const spans = graph.edges.filter(({ id }) => structure.back.has(id)).flatMap((edge) => spanOf(places, edge));
  const detours = new Map(
    spans.map((span) => {
      const inner = spans.filter((other) => other !== span && other.left >= span.left && other.right <= span.right);
      return [span.edge.id, heightOf(places, span, inner.length)] as const;
    }),
  );
  kept = { places, structure, detours };
  return detours;
}

interface Span {
  edge: GraphEdge;
  from: Point;
  to: Point;
  left: number;
  right: number;
}

function spanOf(places: Places, edge: GraphEdge): Span[] {
  const [source, target] = [places.get(edge.source), places.get(edge.target)];
  if (!source || !target) return [];
  const [from, to] = [sourcePoint(source, edge.sourceHandle), targetPoint(target)];
  return [{ edge, from, to, left: Math.min(from.x, to.x) - aside, right: Math.max(from.x, to.x) + aside }];
}

/** Over or under everything in between, whichever is the shorter way; never over the name of the frame around it. */
function heightOf(places: Places, { edge, from, to, left, right }: Span, rank: number): number {
  const frame = places.get(edge.target)?.frame;
  let top = Math.min(from.y, to.y);
  let bottom = Math.max(from.y, to.y);
  for (const { node, rect, frame: around } of places.values()) {
    if (around !== frame || factsOf(node.type).role === "remark") continue;
    if (rect.x > right || rect.x + rect.width < left) continue;
    // what lies far above or below is not in between
    if (rect.y > Math.max(from.y, to.y) + 200 || rect.y + rect.height < Math.min(from.y, to.y) - 200) continue;
    top = Math.min(top, rect.y);
    bottom = Math.max(bottom, rect.y + rect.height);
  }
  const above = top - over - rank * apart;
  const below = bottom + under + rank * apart;
  const head = frame === undefined ? Number.NEGATIVE_INFINITY : (places.get(frame)?.rect.y ?? 0) + frameHead;
  const isShorter = from.y + to.y - above * 2 < below * 2 - from.y - to.y;
  return isShorter && above > head ? above : below;
}

/** The corners of an edge that leads back, from its source to its target. */
export function cornersOf(from: Point, to: Point, height: number): Point[] {
  const [out, back] = [from.x + aside, to.x - aside];
  return [from, { x: out, y: from.y }, { x: out, y: height }, { x: back, y: height }, { x: back, y: to.y }, to];
}
