import type { RunEvent, RunFact } from "@signalbox/shared/events";
import { type Graph, planGraph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import { newRun, type Run, reduceRun } from "@signalbox/shared/run";
import { decide } from "../run/decide.ts";
import { factsOfInput, type Input, openInputs } from "./inputs.ts";

/** A run with nobody behind it: the test is the workers, the people and the clock. No time passes, nothing is stored. */
export interface Stepper {
  run: Run;
  events: RunEvent[];
  /** After which of the events a crash may come: an engine keeps what one round decides as a whole or not at all. */
  rounds: number[];
  /** What may happen next, in a fixed order; nothing when the run has ended. */
  open: () => Input[];
  /** Lets it happen, if it is still open; with all that follows from it. */
  give: (input: Input) => void;
}

const start = Date.UTC(2026, 0, 1);

/** A run of this graph, before its first step, or as it stands after these events. */
export function stepThrough(graph: Graph, input: Json, past: readonly RunEvent[] = []): Stepper {
  const run = newRun(planGraph(graph));
  const events: RunEvent[] = [...past];
  const rounds: number[] = [];
  for (const event of past) reduceRun(run, event);
  let now = past.length === 0 ? start : Date.parse(past.at(-1)?.at ?? "");
  const moment = () => ({ now, chance: () => 0.5 });

  function add(facts: readonly RunFact[]): void {
    for (const fact of facts) {
      if (run.endedAt !== null) break;
      // a fact with its place is an event; the compiler cannot follow the union through the spread
      const event = { ...fact, run: "run_1", seq: run.seq + 1, at: new Date(now).toISOString() } as RunEvent;
      reduceRun(run, event);
      events.push(event);
    }
    if (facts.length > 0) rounds.push(run.seq);
  }

  function post(facts: readonly RunFact[]): void {
    add(facts);
    for (;;) {
      const { facts: next } = decide(run, moment());
      if (next.length === 0) return;
      add(next);
    }
  }

  post(past.length > 0 ? [] : [{ type: "run.created", workflow: null, version: null, input }]);

  return {
    run,
    events,
    rounds,
    open: () => openInputs(run),
    give: (given) => {
      if (given.kind === "clock") now = Math.max(now, nextDue(run) ?? now);
      post(factsOfInput(run, given, moment()));
    },
  };
}

function nextDue(run: Run): number | undefined {
  const due = [...run.timers.values()].filter(({ fired }) => !fired).map((timer) => Date.parse(timer.due));
  return due.length > 0 ? Math.min(...due) : undefined;
}
