import type { GraphNode } from "@signalbox/shared/graph";
import { factsOf, type Handle } from "@signalbox/shared/nodes";
import { lookFor } from "./cards.ts";

/** Steps of the canvas: positions snap to them, and sizes are made of them. */
export const grid = 16;
/** Width of every card. Cards have fixed sizes: the canvas then never has to measure one. */
export const cardWidth = 240;
/** Height of one row that names a way out. */
const rowHeight = 24;
/** Where the way in and the main way out are, from the top: the same for all, so that neighbours join straight. */
export const mainY = 24;
/** What is left free at the top of a frame for its name, and for how its lanes and passes stand. */
export const frameHead = 64;
/** How large a frame is drawn while it is collapsed. */
export const collapsedSize = { width: 240, height: 96 };
/** What is left free at the other sides of a frame. */
export const framePad = 24;
/** Where the permissions of a node begin, from its left edge. */
export const usesX = 26;

const headHeight = 48;
const bodyHeight = 48;
const frameSize = { width: 576, height: 320 };
const remarkSize = { width: 240, height: 128 };

/** The smallest size to which a frame or a note may be drawn. */
export const smallest = { width: 160, height: 80 };

/** A way out with its place on the node's right edge. */
export interface PlacedHandle extends Handle {
  y: number;
  /** Whether it is named in a row of its own inside the card. */
  row: boolean;
}

/** How large a node is drawn. */
export function sizeOf(node: GraphNode): { width: number; height: number } {
  const { role } = factsOf(node.type);
  if (role === "frame") return { width: node.width ?? frameSize.width, height: node.height ?? frameSize.height };
  if (role === "remark") return { width: node.width ?? remarkSize.width, height: node.height ?? remarkSize.height };
  const rows = handlesOf(node).filter(({ row }) => row).length;
  return { width: cardWidth, height: rowsTop(node) + (rows > 0 ? rows * rowHeight + 8 : 0) };
}

/** Where the rows of a card begin, or where it ends when it has none. */
function rowsTop(node: GraphNode): number {
  return headHeight + (lookFor(node.type).body ? bodyHeight : 0);
}

/** The ways out of a node. Where one is the usual way, the others sit small below it; where none is, each has a row. */
export function handlesOf(node: GraphNode): PlacedHandle[] {
  const handles = factsOf(node.type).handles(node.data);
  if (!handles.some(({ label }) => label === "")) {
    const top = rowsTop(node) + rowHeight / 2;
    return handles.map((handle, index) => ({ ...handle, y: top + index * rowHeight, row: true }));
  }
  // on a frame they begin below the line that says how its lanes and passes stand
  const first = factsOf(node.type).role === "frame" ? frameHead + 8 : mainY + 28;
  let side = -1;
  return handles.map((handle) => {
    if (handle.label === "") return { ...handle, y: mainY, row: false };
    side += 1;
    return { ...handle, y: first + side * 20, row: false };
  });
}
