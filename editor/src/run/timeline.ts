import type { RunEvent } from "@signalbox/shared/events";
import { type Graph, planGraph } from "@signalbox/shared/graph";
import { newRun, type Run, reduceRun, snapshotRun } from "@signalbox/shared/run";

/** Events between two kept moments: going back costs at most this many folds. */
const stride = 256;

/** A run's log as far as it is known here, and the run as of any of its moments. */
export interface Timeline {
  readonly events: readonly RunEvent[];
  /** The run after the newest event. */
  readonly head: Run;
  /** Folds new events in; those already known are passed over. Answers what was new. */
  append: (events: readonly RunEvent[]) => readonly RunEvent[];
  /** The run as of `seq`. `from` is a run that may be folded further; it is given back when that is the shorter way. */
  at: (seq: number, from?: Run) => Run;
}

export function createTimeline(graph: Graph): Timeline {
  const plan = planGraph(graph);
  const events: RunEvent[] = [];
  const head = newRun(plan);
  const moments: Run[] = [];

  return {
    events,
    head,
    append: (given) => {
      const fresh = given.filter(({ seq }) => seq > head.seq);
      for (const event of fresh) {
        events.push(event);
        reduceRun(head, event);
        if (head.seq % stride === 0) moments.push(snapshotRun(head));
      }
      return fresh;
    },
    at: (seq, from) => {
      const target = Math.max(0, Math.min(seq, head.seq));
      const moment = moments[Math.floor(target / stride) - 1];
      const near = from && from !== head && from.seq <= target && from.seq >= (moment?.seq ?? 0) ? from : undefined;
      const run = near ?? (moment ? snapshotRun(moment) : newRun(plan));
      for (const event of events.slice(run.seq, target)) reduceRun(run, event);
      return run;
    },
  };
}
