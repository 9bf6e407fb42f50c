import type { Graph } from "@signalbox/shared/graph";
import { applyPatch, diffGraphs, isEmpty, mergePatches, type Patch } from "./patch.ts";

/** One thing a person did, as Undo names it. */
export interface Step {
  label: string;
  patch: Patch;
  /** Steps of the same gesture become one: typing in one field, dragging one thing. */
  group: string | undefined;
  at: number;
}

/** What was done, and what was undone of it. */
export interface History {
  past: readonly Step[];
  future: readonly Step[];
}

export const noHistory: History = { past: [], future: [] };

/** How many steps can be undone. */
const depth = 300;
/** A pause after which the same field typed in again is a new step. */
const gesturePause = 1500;

/** A graph with its history after a command, or undefined when the command changed nothing. */
export function record(
  history: History,
  before: Graph,
  after: Graph,
  { label, group, at }: Omit<Step, "patch">,
): History | undefined {
  const patch = diffGraphs(before, after);
  if (isEmpty(patch)) return undefined;
  const last = history.past.at(-1);
  if (last && group !== undefined && last.group === group && at - last.at < gesturePause) {
    const merged = { ...last, patch: mergePatches(last.patch, patch), at };
    return { past: [...history.past.slice(0, -1), merged], future: [] };
  }
  return { past: [...history.past, { label, patch, group, at }].slice(-depth), future: [] };
}

/** One step back or on, with the step that was taken. */
export function travel(
  graph: Graph,
  { past, future }: History,
  direction: "undo" | "redo",
): { graph: Graph; history: History; step: Step } | undefined {
  if (direction === "undo") {
    const step = past.at(-1);
    if (!step) return undefined;
    const history = { past: past.slice(0, -1), future: [closed(step), ...future] };
    return { graph: applyPatch(graph, step.patch, "inverse"), history, step };
  }
  const [step, ...later] = future;
  if (!step) return undefined;
  return {
    graph: applyPatch(graph, step.patch, "forward"),
    history: { past: [...past, step], future: later },
    step,
  };
}

/** What was undone is no gesture any more that could go on. */
function closed(step: Step): Step {
  return { ...step, group: undefined };
}
