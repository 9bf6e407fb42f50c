import type { RunEvent } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import { useCallback, useSyncExternalStore } from "react";
import type { NodeRunView } from "./node-view.ts";
import type { FrameRunView } from "./passes.ts";
import { createRunView, type EdgeRunView, type RunSummaryView } from "./view.ts";

export type { NodeRunView } from "./node-view.ts";
export type { FrameRunView } from "./passes.ts";
export type { EdgeRunView, RunSummaryView } from "./view.ts";

/** The run on the canvas: one at a time. A hidden page gets no frames, so there a timer flushes. */
export const runView = createRunView((flush) => {
  if (document.hidden) setTimeout(flush, 250);
  else requestAnimationFrame(flush);
});

function useKey<Value>(key: string, read: () => Value): Value {
  const subscribe = useCallback((listener: () => void) => runView.subscribe(key, listener), [key]);
  return useSyncExternalStore(subscribe, read);
}

/** One node of the run on the canvas; only its own news renders again. */
export function useNodeRun(id: string): NodeRunView {
  return useKey(`node:${id}`, () => runView.node(id));
}

/** One edge of the run on the canvas. */
export function useEdgeRun(id: string): EdgeRunView {
  return useKey(`edge:${id}`, () => runView.edge(id));
}

/** A frame of the run on the canvas, or a loop that edges make; undefined while it has not begun. */
export function useFrameRun(key: string): FrameRunView | undefined {
  return useKey(`frame:${key}`, () => runView.frame(key));
}

/** The run as a whole; undefined while none is open. */
export function useRunSummary(): RunSummaryView | undefined {
  return useKey("run", runView.summary);
}

/** Whether a run is shown on the canvas. */
export function useRunOpen(): boolean {
  return useKey("run", () => runView.summary() !== undefined);
}

/** Every event known of the run on the canvas. */
export function useRunEvents(): readonly RunEvent[] {
  return useKey("log", runView.events);
}

/** What a node gave last in the run on the canvas: a real example for who writes an expression. */
export function useUpstreamSamples(): (nodeId: string) => Json | undefined {
  useRunSummary();
  return (nodeId) => runView.node(nodeId).activations.findLast(({ output }) => output !== undefined)?.output;
}
