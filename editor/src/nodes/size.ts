import type { GraphNode } from "@signalbox/shared/graph";
import { factsOf, type Handle } from "@signalbox/shared/nodes";

/** Width of every card. Cards have fixed sizes: the canvas then never has to measure one. */
export const cardWidth = 240;
/** Height of a card without rows for its ways out. */
export const cardHeight = 88;
/** Height of one row that names a way out. */
export const rowHeight = 22;
/** Where the way in and the main way out are, from the top. */
export const mainY = 30;
/** What is left free at the top of a frame for its name. */
export const frameHead = 44;

const frameSize = { width: 560, height: 320 };
const remarkSize = { width: 240, height: 120 };

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
  return { width: cardWidth, height: cardHeight + rows * rowHeight };
}

/** The ways out of a node. Where one is the usual way, the others sit small below it; where none is, each has a row. */
export function handlesOf(node: GraphNode): PlacedHandle[] {
  const facts = factsOf(node.type);
  const handles = facts.handles(node.data);
  const hasMain = handles.some(({ label }) => label === "");
  if (!hasMain)
    return handles.map((handle, index) => ({ ...handle, y: 62 + index * rowHeight + rowHeight / 2, row: true }));
  const first = facts.role === "frame" ? mainY - 4 : mainY;
  let side = 0;
  return handles.map((handle) => {
    if (handle.label === "") return { ...handle, y: first, row: false };
    side += 1;
    return { ...handle, y: first + 2 + side * 20, row: false };
  });
}
