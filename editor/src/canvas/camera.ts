import type { ReactFlowInstance } from "@xyflow/react";
import { boundsOf, type Point, placesOf, type Rect } from "../document/geometry.ts";
import { shownNow } from "../document/shown.ts";
import type { ViewEdge, ViewNode } from "./project.ts";

let flow: ReactFlowInstance<ViewNode, ViewEdge> | undefined;
let view: HTMLElement | undefined;

/** What is left free around what is shown. */
const margin = 36;
/** From so near on a whole drawing says more than a part of it. */
const tellingZoom = 0.24;
/** So near a part of a drawing can be read. */
const readingZoom = 0.6;

/** The canvas on the screen: there is one at a time. */
export function attachCamera(instance: ReactFlowInstance<ViewNode, ViewEdge>, element: HTMLElement): () => void {
  flow = instance;
  view = element;
  let { clientWidth, clientHeight } = element;
  // what was in the middle stays there when a panel opens beside or below
  const keepMiddle = new ResizeObserver(() => {
    const { x, y, zoom } = instance.getViewport();
    const dx = (element.clientWidth - clientWidth) / 2;
    const dy = (element.clientHeight - clientHeight) / 2;
    ({ clientWidth, clientHeight } = element);
    if (dx !== 0 || dy !== 0) void instance.setViewport({ x: x + dx, y: y + dy, zoom });
  });
  keepMiddle.observe(element);
  return () => {
    keepMiddle.disconnect();
    if (flow === instance) flow = undefined;
    if (view === element) view = undefined;
  };
}

function duration(): number {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 240;
}

/** Shows the whole drawing. */
export function zoomToFit(): void {
  const places = [...placesOf(shownNow()).values()];
  if (places.length > 0) frame(boundsOf(places.map(({ rect }) => rect)), 1, duration());
}

/** All of a drawing, or as much from its beginning on as can be read. */
export function lookFromStart(ms = duration()): void {
  const bounds = boundsOf([...placesOf(shownNow()).values()].map(({ rect }) => rect));
  if (!flow || !view || bounds.width === 0) return;
  if (fittingZoom(view, bounds) >= tellingZoom) {
    frame(bounds, 1, ms);
    return;
  }
  const x = margin - bounds.x * readingZoom;
  const y = view.clientHeight / 2 - (bounds.y + bounds.height / 2) * readingZoom;
  void flow.setViewport({ x, y, zoom: readingZoom }, { duration: ms });
}

/** Shows these nodes; nothing happens for ids that are not there. */
export function zoomTo(nodeIds: readonly string[]): void {
  const places = placesOf(shownNow());
  const rects = nodeIds.flatMap((id) => places.get(id)?.rect ?? []);
  if (rects.length > 0) frame(boundsOf(rects), 1.25, duration());
}

function fittingZoom({ clientWidth, clientHeight }: HTMLElement, { width, height }: Rect): number {
  return Math.min((clientWidth - margin * 2) / width, (clientHeight - margin * 2) / height);
}

function frame(bounds: Rect, maxZoom: number, ms: number): void {
  if (!flow || !view) return;
  const { clientWidth, clientHeight } = view;
  const zoom = Math.max(0.1, Math.min(maxZoom, fittingZoom(view, bounds)));
  const x = clientWidth / 2 - (bounds.x + bounds.width / 2) * zoom;
  const y = clientHeight / 2 - (bounds.y + bounds.height / 2) * zoom;
  void flow.setViewport({ x, y, zoom }, { duration: ms });
}

/** One canvas pixel to one screen pixel, about the middle of what is seen. */
export function zoomToActual(): void {
  void flow?.zoomTo(1, { duration: duration() });
}

/** Nearer, or further away. */
export function zoomBy(direction: "in" | "out"): void {
  void (direction === "in" ? flow?.zoomIn({ duration: duration() }) : flow?.zoomOut({ duration: duration() }));
}

/** Moves the view so far that a node is in sight, and not at all when it is. */
export function reveal(id: string): void {
  const placed = placesOf(shownNow()).get(id);
  if (!flow || !view || !placed) return;
  const { x, y, zoom } = flow.getViewport();
  const { rect } = placed;
  const left = rect.x * zoom + x;
  const top = rect.y * zoom + y;
  const dx = shiftInto(left, rect.width * zoom, view.clientWidth, margin);
  const dy = shiftInto(top, rect.height * zoom, view.clientHeight, margin);
  if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: duration() });
}

function shiftInto(start: number, size: number, room: number, margin: number): number {
  if (start < margin) return margin - start;
  const over = start + size - (room - margin);
  return over > 0 ? -Math.min(over, start - margin) : 0;
}

/** A point of the window as a point of the canvas. */
export function toCanvas(client: Point): Point {
  return flow?.screenToFlowPosition(client, { snapToGrid: false }) ?? { x: 0, y: 0 };
}

/** A point of the canvas as a point of the window. */
export function toWindow(point: Point): Point {
  return flow?.flowToScreenPosition(point) ?? { x: 0, y: 0 };
}

/** How near the canvas is seen. */
export function zoomNow(): number {
  return flow?.getZoom() ?? 1;
}

/** The point of the canvas in the middle of what is seen. */
export function middleOfView(): Point {
  const box = view?.getBoundingClientRect();
  return box ? toCanvas({ x: box.x + box.width / 2, y: box.y + box.height / 2 }) : { x: 0, y: 0 };
}

/** Whether a point of the window lies on the canvas, and not on something over it. */
export function isOnCanvas({ x, y }: Point): boolean {
  const element = document.elementFromPoint(x, y);
  return element !== null && view?.contains(element) === true;
}
