import type { Graph } from "@signalbox/shared/graph";
import { followRun } from "../live/socket.ts";
import { runView } from "./hooks.ts";

let stop: (() => void) | undefined;

/** What folds a run's log. A drawing is there without it. */
export const loadTimeline = () => import("./timeline.ts");

/** Puts a run on the canvas and goes along with it, from its first event. */
export function openRun(run: string, graph: Graph): void {
  stop?.();
  let isWanted = true;
  let unfollow: (() => void) | undefined;
  stop = () => {
    isWanted = false;
    unfollow?.();
  };
  void loadTimeline().then(({ createTimeline }) => {
    if (!isWanted) return;
    runView.open(run, createTimeline(graph));
    unfollow = followRun(run, 0, { events: runView.receive, text: runView.receiveText });
  });
}

/** Takes the run off the canvas. */
export function closeRun(): void {
  stop?.();
  stop = undefined;
  runView.close();
}
