import type { MouseEvent } from "react";
import { create } from "zustand";
import type { Point } from "../document/geometry.ts";
import type { ViewEdge } from "./project.ts";

/** The edge that the pointer is on, and where on it its tools are. */
export const useEdgeHover = create<{ edge: (Point & { id: string }) | undefined }>(() => ({ edge: undefined }));

let timer: ReturnType<typeof setTimeout> | undefined;

/** The pointer has come to an edge. */
export function hoverEdge({ currentTarget, buttons }: MouseEvent, { id }: Pick<ViewEdge, "id">): void {
  if (buttons !== 0) return;
  const line = currentTarget.querySelector<SVGPathElement>(".react-flow__edge-path");
  if (!line) return;
  clearTimeout(timer);
  // in the middle of an edge back is its badge, which one may want to press
  const part = currentTarget.querySelector("[data-back]") ? 0.3 : 0.5;
  const { x, y } = line.getPointAtLength(line.getTotalLength() * part);
  useEdgeHover.setState({ edge: { id, x, y } });
}

/** The pointer is on the tools of the edge. */
export function stayOnEdge(): void {
  clearTimeout(timer);
}

/** The pointer has left: soon the tools go. Not at once, for the pointer may be on its way to them. */
export function leaveEdge(): void {
  clearTimeout(timer);
  timer = setTimeout(() => useEdgeHover.setState({ edge: undefined }), 220);
}
