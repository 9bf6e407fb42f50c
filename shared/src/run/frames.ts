import type { FrameRun } from "./state.ts";

/** Whether a frame's outcome is already certain by its join. A loop's is its own to say, pass by pass. */
export function frameVerdict(frame: FrameRun): "open" | "complete" | "fail" {
  const { join, lanes, counts, kind, timedOut } = frame;
  if (timedOut) return "fail";
  if (kind === "loop" || kind === "cycle") return "open";
  if (lanes.length === 0) return "complete";
  const ended = counts.succeeded + counts.failed + counts.cancelled;
  if (join === "settled") return ended === lanes.length ? "complete" : "open";
  if (join === "all") {
    if (counts.failed > 0) return "fail";
    return ended === lanes.length ? "complete" : "open";
  }
  const wanted = join === "any" ? 1 : join.count;
  if (counts.succeeded >= wanted) return "complete";
  return lanes.length - counts.failed - counts.cancelled < wanted ? "fail" : "open";
}

/** Whether the next lane may start now; of a loop the first pass, for each later one follows from the one before. */
export function mayStartLane(frame: FrameRun): boolean {
  if (frame.kind === "loop" || frame.kind === "cycle") return frame.started === 0;
  return frame.started < frame.lanes.length && frame.counts.running < frame.concurrency;
}
