import type { Graph } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { canLieOn, withRoom } from "../document/arrange.ts";
import { sayWhatCrosses } from "../document/borders.ts";
import { type Move, move, withHeld } from "../document/commands.ts";
import {
  centreOf,
  frameAt,
  inFrame,
  keptInside,
  type Placed,
  type Point,
  placesOf,
  type Rect,
} from "../document/geometry.ts";
import { setCollapsed, shownNow } from "../document/shown.ts";
import { spliceStep } from "../document/steps.ts";
import { useDocument } from "../document/store.ts";
import { endMoved, showDrop, useLive } from "./live.ts";
import { edgeNear } from "./near-edge.ts";

/** How near to an edge a step must be let go to be taken into it. */
const spliceReach = 28;
let gesture = 0;

interface Dragged {
  placed: Placed;
  /** Where it is now. */
  rect: Rect;
  /** Where it would be if it were let go now. */
  frame: string | undefined;
}

/** What is being dragged by itself: what lies in a dragged frame goes along with it. */
function draggedNow(graph: Graph): Dragged[] {
  const { live } = useLive.getState();
  const places = placesOf(shownNow());
  const moving = withHeld(graph, [...live.keys()]);
  return [...live].flatMap(([id, { position }]) => {
    const placed = places.get(id);
    if (!placed || !position || (placed.frame !== undefined && moving.has(placed.frame))) return [];
    const origin = placed.frame === undefined ? undefined : places.get(placed.frame)?.rect;
    const rect = { ...placed.rect, x: position.x + (origin?.x ?? 0), y: position.y + (origin?.y ?? 0) };
    const top = factsOf(placed.node.type).role === "entry";
    return [{ placed, rect, frame: top ? undefined : frameAt(places, centreOf(rect), moving) }];
  });
}

/** While nodes are dragged: shows which frame or which edge would take them. */
export function dragging(): void {
  const { graph } = useDocument.getState();
  const dragged = draggedNow(graph);
  const [only] = dragged;
  const foreign = dragged.find(({ placed, frame }) => frame !== placed.frame);
  showDrop(foreign?.frame, only && dragged.length === 1 ? spliceEdge(graph, only) : undefined);
}

/** The edge that a single free step would be taken into. */
function spliceEdge(graph: Graph, { placed, rect, frame }: Dragged): string | undefined {
  const { node } = placed;
  if (graph.edges.some(({ source, target }) => source === node.id || target === node.id)) return undefined;
  const id = edgeNear(shownNow(), centreOf(rect), frame, spliceReach);
  const edge = graph.edges.find((one) => one.id === id);
  return edge && canLieOn(edge, node) ? id : undefined;
}

/** The nodes are let go: they stay where they are, in the frame that is there, or in the edge below. */
export function drop(): void {
  const { graph, change } = useDocument.getState();
  const dragged = draggedNow(graph);
  const { dropEdge } = useLive.getState();
  const places = placesOf(graph);
  gesture += 1;
  const group = `drag:${gesture}`;
  const moves: Move[] = dragged.map(({ placed, rect, frame }) => {
    const local: Point = inFrame(places, frame, rect);
    const position = frame === undefined ? local : keptInside(local);
    return frame === placed.frame
      ? { id: placed.node.id, position }
      : { id: placed.node.id, position, parentId: frame ?? null };
  });
  const [only] = dragged;
  move(moves, moves.length > 1 ? `Move ${moves.length} nodes` : "Move", group);
  const frames = dragged.map(({ frame }) => frame);
  if (frames.some((frame) => frame !== undefined)) change("Move", (now) => withRoom(now, frames), { group });
  if (only && dropEdge !== undefined) spliceStep(only.placed.node.id, dropEdge, group);
  endMoved();
  for (const frame of frames) if (frame !== undefined) setCollapsed(frame, false);
  sayWhatCrosses(graph);
}
