import type { Graph, GraphNode } from "@signalbox/shared/graph";
import { usesHandle } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { frameHead, grid, handlesOf, mainY, sizeOf, usesX } from "../nodes/size.ts";

/** A place on the canvas. */
export interface Point {
  x: number;
  y: number;
}

/** A part of the canvas. */
export interface Rect extends Point {
  width: number;
  height: number;
}

/** A node where it is drawn: `rect` is absolute, whatever frame it lies in. */
export interface Placed {
  node: GraphNode;
  rect: Rect;
  /** The frame it is drawn in. One that is not there, or that lies in itself, does not count. */
  frame: string | undefined;
  /** How many frames are around it. */
  depth: number;
}

/** Every node where it is drawn. */
export type Places = ReadonlyMap<string, Placed>;

const known = new WeakMap<readonly GraphNode[], Places>();

/** Where everything is. Asked often and changed seldom, so it is kept for as long as the nodes are the same. */
export function placesOf({ nodes }: Pick<Graph, "nodes">): Places {
  const kept = known.get(nodes);
  if (kept) return kept;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const places = new Map<string, Placed>();
  const place = (node: GraphNode, inside: ReadonlySet<string>): Placed => {
    const done = places.get(node.id);
    if (done) return done;
    const parent = node.parentId === undefined ? undefined : byId.get(node.parentId);
    const holds = parent !== undefined && factsOf(parent.type).role === "frame" && !inside.has(parent.id);
    const around = holds ? place(parent, new Set(inside).add(parent.id)) : undefined;
    const x = node.position.x + (around?.rect.x ?? 0);
    const y = node.position.y + (around?.rect.y ?? 0);
    const made = {
      node,
      rect: { x, y, ...sizeOf(node) },
      frame: around?.node.id,
      depth: around ? around.depth + 1 : 0,
    };
    places.set(node.id, made);
    return made;
  };
  for (const node of nodes) place(node, new Set([node.id]));
  known.set(nodes, places);
  return places;
}

/** The frames around a node, innermost first. */
export function framesAround(places: Places, id: string): string[] {
  const around: string[] = [];
  for (let frame = places.get(id)?.frame; frame !== undefined && !around.includes(frame); ) {
    around.push(frame);
    frame = places.get(frame)?.frame;
  }
  return around;
}

/** The innermost frame at a point; `except` are nodes that are being moved, with all they hold. */
export function frameAt(places: Places, { x, y }: Point, except: ReadonlySet<string> = new Set()): string | undefined {
  let best: Placed | undefined;
  for (const placed of places.values()) {
    if (factsOf(placed.node.type).role !== "frame" || except.has(placed.node.id)) continue;
    if (!contains(placed.rect, { x, y })) continue;
    if (!best || placed.depth > best.depth) best = placed;
  }
  return best?.node.id;
}

/** Whether a point lies in a part of the canvas. */
export function contains(rect: Rect, { x, y }: Point): boolean {
  return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
}

/** Whether two parts of the canvas touch, or come closer than `gap`. */
export function overlaps(a: Rect, b: Rect, gap = 0): boolean {
  return (
    a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap
  );
}

/** The middle of a part of the canvas. */
export function centreOf({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The smallest part of the canvas that holds all of these. */
export function boundsOf(rects: readonly Rect[]): Rect {
  if (rects.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** An absolute point as the position of a node in a frame. */
export function inFrame(places: Places, frame: string | undefined, { x, y }: Point): Point {
  const origin = frame === undefined ? undefined : places.get(frame)?.rect;
  return { x: x - (origin?.x ?? 0), y: y - (origin?.y ?? 0) };
}

/** The nearest point of the grid. */
export function snap({ x, y }: Point): Point {
  return { x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid };
}

/** The position in a frame nearest to this one at which a node does not lie under the frame's name or edge. */
export function keptInside(position: Point): Point {
  return { x: Math.max(grid, position.x), y: Math.max(frameHead, position.y) };
}

/** Where an edge leaves a node. */
export function sourcePoint({ node, rect }: Placed, handle: string): Point {
  if (handle === usesHandle) return { x: rect.x + usesX, y: rect.y + rect.height };
  const y = handlesOf(node).find(({ id }) => id === handle)?.y ?? mainY;
  return { x: rect.x + rect.width, y: rect.y + y };
}

/** Where an edge enters a node. */
export function targetPoint({ rect }: Placed): Point {
  return { x: rect.x, y: rect.y + mainY };
}
