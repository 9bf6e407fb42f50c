import { factsOf } from "@signalbox/shared/nodes";
import { createPortal } from "react-dom";
import { toWindow, zoomNow } from "../canvas/camera.ts";
import { useLive } from "../canvas/live.ts";
import { newNode } from "../document/commands.ts";
import { lookFor, summaryOf } from "../nodes/cards.ts";
import { sizeOf } from "../nodes/size.ts";
import { usePaletteDrag } from "./drag.ts";

/** What is being dragged, as large as it will be, where it will be. */
export function Ghost() {
  const { type, corner, client } = usePaletteDrag();
  const splices = useLive(({ dropEdge }) => dropEdge !== undefined);
  if (!type) return null;
  const draft = newNode(type, type, { x: 0, y: 0 }, undefined);
  const { icon: Icon, kind } = lookFor(type);
  const { width, height } = sizeOf(draft);
  const zoom = zoomNow();
  const at = corner ? toWindow(corner) : { x: client.x - (width * zoom) / 2, y: client.y - 20 * zoom };
  return createPortal(
    <div
      className="ghost"
      data-placed={corner ? "" : undefined}
      data-splices={splices ? "" : undefined}
      style={{ width, height, transform: `translate(${at.x}px, ${at.y}px) scale(${zoom})` }}
      aria-hidden="true"
    >
      <span className="kind-chip" data-kind={kind}>
        <Icon size={16} />
      </span>
      <span className="ghost-words">
        <b>{factsOf(type).title}</b>
        <small className="ellipsis">{summaryOf(draft)}</small>
      </span>
    </div>,
    document.body,
  );
}
