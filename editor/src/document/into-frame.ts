import type { Graph, GraphNode } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { titleOf } from "../nodes/cards.ts";
import { frameHead, framePad, grid } from "../nodes/size.ts";
import { withRoom } from "./arrange.ts";
import { sayWhatCrosses } from "./borders.ts";
import { withHeld } from "./commands.ts";
import { boundsOf, contains, inFrame, type Placed, type Point, placesOf } from "./geometry.ts";
import { useDocument } from "./store.ts";

/** A frame (or none: the open canvas) that nodes may be moved into. */
interface FrameChoice {
  frame: string | undefined;
  label: string;
}

/** Where these nodes may be moved to: every frame that is not among them and does not hold them all already. */
export function framesFor(graph: Graph, ids: readonly string[]): FrameChoice[] {
  const moving = movable(graph, ids);
  if (moving.length === 0) return [];
  const held = withHeld(graph, ids);
  const places = placesOf(graph);
  const elsewhere = (frame: string | undefined) => moving.some((one) => one.frame !== frame);
  const into = graph.nodes
    .filter(({ id, type }) => factsOf(type).role === "frame" && !held.has(id) && elsewhere(id))
    .toSorted((a, b) => (places.get(a.id)?.depth ?? 0) - (places.get(b.id)?.depth ?? 0))
    .map((node) => ({ frame: node.id, label: `Into ${titleOf(node)}` }));
  return elsewhere(undefined) ? [{ frame: undefined, label: "Out to the open canvas" }, ...into] : into;
}

/** Moves nodes into a frame, or out to the open canvas, without a pointer: one step of undo. */
export function moveIntoFrame(ids: readonly string[], frame: string | undefined): void {
  const label = frame === undefined ? "Move out of the frame" : "Move into the frame";
  const { graph, change } = useDocument.getState();
  change(label, (now) => withMovedInto(now, ids, frame));
  sayWhatCrosses(graph);
}

/** A graph with nodes in another frame. They stay where they are seen, unless that would be a lie. */
export function withMovedInto(graph: Graph, ids: readonly string[], frame: string | undefined): Graph {
  const places = placesOf(graph);
  const moving = movable(graph, ids).filter((one) => one.frame !== frame);
  if (moving.length === 0) return graph;
  const by = shift(graph, moving, frame);
  const to = new Map(
    moving.map(({ node, rect }) => [node.id, inFrame(places, frame, { x: rect.x + by.x, y: rect.y + by.y })]),
  );
  const nodes = graph.nodes.map((node): GraphNode => {
    const position = to.get(node.id);
    if (!position) return node;
    const { parentId: _was, ...rest } = node;
    // the same node of the same type, elsewhere
    return { ...rest, position, ...(frame === undefined ? {} : { parentId: frame }) } as GraphNode;
  });
  return withRoom({ ...graph, nodes }, [frame]);
}

/** Of these nodes, those that go by themselves: a run begins at the root, and what lies in a moved frame goes along. */
function movable(graph: Graph, ids: readonly string[]): Placed[] {
  const chosen = new Set(ids);
  const places = placesOf(graph);
  return ids.flatMap((id) => {
    const placed = places.get(id);
    if (!placed || factsOf(placed.node.type).role === "entry") return [];
    return placed.frame !== undefined && withHeld(graph, [...chosen]).has(placed.frame) ? [] : [placed];
  });
}

/** How far the nodes go together: into free space below what the frame holds, or below the frames they have left. */
function shift(graph: Graph, moving: readonly Placed[], frame: string | undefined): Point {
  const places = placesOf(graph);
  const bounds = boundsOf(moving.map(({ rect }) => rect));
  const corner = { x: bounds.x + bounds.width, y: bounds.y + bounds.height };
  const around = frame === undefined ? undefined : places.get(frame)?.rect;
  if (around) {
    const inner = { ...around, x: around.x + grid, y: around.y + frameHead };
    if (contains(inner, bounds) && contains(around, corner)) return { x: 0, y: 0 };
    const held = [...places.values()].filter((one) => one.frame === frame).map(({ rect }) => rect.y + rect.height);
    const top = Math.max(around.y + frameHead + grid, ...held.map((bottom) => bottom + framePad));
    return { x: around.x + framePad - bounds.x, y: onGrid(top - bounds.y) };
  }
  const left = moving.flatMap((one) => (one.frame === undefined ? [] : (places.get(rootOf(one, places))?.rect ?? [])));
  const covered = left.filter((rect) => bounds.y < rect.y + rect.height);
  const bottom = Math.max(bounds.y, ...covered.map((rect) => rect.y + rect.height + grid * 2));
  return { x: 0, y: onGrid(bottom - bounds.y) };
}

function rootOf(placed: Placed, places: ReadonlyMap<string, Placed>): string {
  let { node, frame } = placed;
  while (frame !== undefined) {
    const around = places.get(frame);
    if (!around) break;
    ({ node, frame } = around);
  }
  return node.id;
}

function onGrid(value: number): number {
  return Math.ceil(value / grid) * grid;
}
