import type { Graph } from "@signalbox/shared/graph";
import { followRun } from "../live/socket.ts";
import { runView } from "./hooks.ts";

let stop: (() => void) | undefined;

/** Puts a run on the canvas and goes along with it, from its first event. */
export function openRun(run: string, graph: Graph): void {
  stop?.();
  runView.open(run, graph);
  stop = followRun(run, 0, { events: runView.receive, text: runView.receiveText });
}

/** Takes the run off the canvas. */
export function closeRun(): void {
  stop?.();
  stop = undefined;
  runView.close();
}
