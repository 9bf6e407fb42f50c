import type { RunEvent, RunFact } from "@signalbox/shared/events";
import { type Graph, planGraph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import { newRun, type Run, reduceRun } from "@signalbox/shared/run";
import { runnerOf } from "../nodes/runners.ts";
import { decide } from "../run/decide.ts";
import { failNode } from "../run/fail-node.ts";
import { factsOfEntry } from "../run/inbox.ts";
import { completed } from "../run/start-node.ts";

/** Something from outside that a run waits for: a worker that ends, a person's word, the clock. */
export type Input =
  | { kind: "work"; activation: string; attempt: number; fails: boolean }
  | { kind: "vote"; approval: string; decided: "approved" | "rejected" }
  | { kind: "clock" }
  | { kind: "cancel" };

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

  const works = (activation: string) => {
    const found = run.activations.get(activation);
    const node = found && run.plan.nodes.get(found.node)?.node;
    return found?.status === "running" && node && runnerOf(node)?.kind === "work" ? found : undefined;
  };

  function nextDue(): number | undefined {
    const due = [...run.timers.values()].filter(({ fired }) => !fired).map((timer) => Date.parse(timer.due));
    return due.length > 0 ? Math.min(...due) : undefined;
  }

  function factsOf(given: Input): readonly RunFact[] {
    switch (given.kind) {
      case "work": {
        const found = works(given.activation);
        if (!found || found.attempt !== given.attempt) return [];
        const about = { node: found.node, activation: found.id };
        if (!given.fails) return [completed(about, { handles: ["out"], output: `${found.id}!` }, found.attempt)];
        const error = { code: "model_failed", message: "It failed." };
        return failNode(run, { ...about, attempt: found.attempt }, error, { retryable: true }, moment());
      }
      case "vote": {
        const { approval, decided } = given;
        const decision = decided === "approved" ? "approve" : "reject";
        return factsOfEntry(run, { kind: "vote", approval, by: "ada", decision, decided });
      }
      case "clock": {
        now = Math.max(now, nextDue() ?? now);
        return [...run.timers.values()]
          .filter(({ due, fired }) => !fired && Date.parse(due) <= now)
          .map(({ id, node, activation }) => ({ type: "timer.fired", timer: id, node, activation }));
      }
      case "cancel":
        return factsOfEntry(run, { kind: "cancel", by: "ada" });
    }
  }

  post(past.length > 0 ? [] : [{ type: "run.created", workflow: null, version: null, input }]);

  return {
    run,
    events,
    rounds,
    open: () => {
      if (run.endedAt !== null) return [];
      const working = [...run.activations.keys()].sort().flatMap((id): Input[] => {
        const found = works(id);
        return found ? [{ kind: "work", activation: id, attempt: found.attempt, fails: false }] : [];
      });
      const pending = [...run.approvals.values()]
        .filter(({ status }) => status === "pending")
        .map(({ id }) => id)
        .sort();
      const votes = pending.map((approval): Input => ({ kind: "vote", approval, decided: "approved" }));
      return [...working, ...votes, ...(nextDue() === undefined ? [] : [{ kind: "clock" } as const])];
    },
    give: (given) => post(factsOf(given)),
  };
}
