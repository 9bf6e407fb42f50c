import { create } from "zustand";
import type { Point } from "../document/geometry.ts";

/** Where something is while it is being moved: the document hears of it when it is let go. */
export interface Moved {
  position?: Point;
  size?: { width: number; height: number };
}

/** Nodes that are being moved or resized right now, by id. */
export type Live = ReadonlyMap<string, Moved>;

const nothing: Live = new Map();

interface LiveState {
  live: Live;
  /** The frame that what is being dragged would fall into. */
  dropFrame: string | undefined;
  /** The edge that what is being dragged would be taken into. */
  dropEdge: string | undefined;
}

/** What is on the screen and not in the document: a gesture that has not ended. */
export const useLive = create<LiveState>(() => ({ live: nothing, dropFrame: undefined, dropEdge: undefined }));

/** Shows nodes where they are being moved to. */
export function showMoved(moved: Iterable<readonly [string, Moved]>): void {
  useLive.setState(({ live }) => {
    const next = new Map(live);
    for (const [id, one] of moved) next.set(id, { ...next.get(id), ...one });
    return { live: next };
  });
}

/** The gesture has ended: the document says where everything is. */
export function endMoved(): void {
  useLive.setState({ live: nothing, dropFrame: undefined, dropEdge: undefined });
}

/** Marks where what is being dragged would fall. */
export function showDrop(dropFrame: string | undefined, dropEdge: string | undefined): void {
  const now = useLive.getState();
  if (now.dropFrame !== dropFrame || now.dropEdge !== dropEdge) useLive.setState({ dropFrame, dropEdge });
}
