import { factsOf, type NodeTypeName } from "@signalbox/shared/nodes";
import { create } from "zustand";
import { isOnCanvas, toCanvas } from "../canvas/camera.ts";
import { focusNode } from "../canvas/focus.ts";
import { showDrop, useLive } from "../canvas/live.ts";
import { edgeNear } from "../canvas/near-edge.ts";
import { canLieOn } from "../document/arrange.ts";
import { newNode } from "../document/commands.ts";
import { frameAt, type Point, placesOf, snap } from "../document/geometry.ts";
import { shownNow } from "../document/shown.ts";
import { addStep } from "../document/steps.ts";
import { useDocument } from "../document/store.ts";
import { mainY, sizeOf } from "../nodes/size.ts";
import { rememberType } from "./recent.ts";

/** How far the pointer must go before a press becomes a drag. */
const threshold = 4;
/** How near to an edge a new step must be let go to be put into it. */
const reach = 32;

interface PaletteDrag {
  type: NodeTypeName | undefined;
  /** Where its upper left corner would be on the canvas; undefined while the pointer is elsewhere. */
  corner: Point | undefined;
  /** Where the pointer is in the window. */
  client: Point;
}

const resting: PaletteDrag = { type: undefined, corner: undefined, client: { x: 0, y: 0 } };

/** What is being dragged out of the palette. */
export const usePaletteDrag = create<PaletteDrag>(() => resting);

/** Follows the pointer from a press in the palette until it is let go. By hand: the browser's own drag knows no touch. */
export function startDrag(type: NodeTypeName, press: PointerEvent, onDrag: () => void): void {
  const over = new AbortController();
  const { signal } = over;
  let begun = false;
  const end = () => {
    over.abort();
    usePaletteDrag.setState(resting);
    showDrop(undefined, undefined);
  };
  const move = (event: PointerEvent) => {
    if (!begun && Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) < threshold) return;
    if (!begun) onDrag();
    begun = true;
    follow(type, { x: event.clientX, y: event.clientY });
  };
  const up = () => {
    const { corner } = usePaletteDrag.getState();
    const { dropEdge } = useLive.getState();
    end();
    if (!begun || !corner) return;
    const id = addStep(type, dropEdge === undefined ? { point: corner } : { edge: dropEdge });
    if (id === undefined) return;
    rememberType(type);
    focusNode(id);
  };
  document.addEventListener("pointermove", move, { signal });
  document.addEventListener("pointerup", up, { signal });
  document.addEventListener("pointercancel", end, { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && end(), { signal });
}

function follow(type: NodeTypeName, client: Point): void {
  if (!isOnCanvas(client)) {
    usePaletteDrag.setState({ type, client, corner: undefined });
    showDrop(undefined, undefined);
    return;
  }
  const { graph } = useDocument.getState();
  const draft = newNode(type, type, { x: 0, y: 0 }, undefined);
  const point = toCanvas(client);
  const corner = snap({ x: point.x - sizeOf(draft).width / 2, y: point.y - mainY });
  const places = placesOf(shownNow());
  const frame = factsOf(type).role === "entry" ? undefined : frameAt(places, corner);
  const near = edgeNear(shownNow(), point, frameAt(places, point), reach);
  const edge = graph.edges.find(({ id }) => id === near);
  const fits = edge !== undefined && canLieOn(edge, draft);
  usePaletteDrag.setState({ type, client, corner });
  showDrop(fits ? undefined : frame, fits ? edge.id : undefined);
}
