import type { EventOf, RunEvent } from "@signalbox/shared/events";
import { attemptOfChild, type Input } from "./inputs.ts";
import type { Stepper } from "./step-through.ts";

/** What chance may do. */
export interface Odds {
  failures: boolean;
  cancel: boolean;
}

/** Plays a run to its end by chance; what was given to it, in order. */
export function play(stepper: Stepper, chances: readonly number[], { failures, cancel }: Odds): Input[] {
  const given: Input[] = [];
  for (let step = 0; ; step += 1) {
    const open = stepper.open();
    const chance = (chances[step % chances.length] ?? 0) + step;
    const next = open[chance % open.length];
    if (!next) return given;
    const input =
      cancel && chance % 97 === 0 ? ({ kind: "cancel" } as const) : byChance(next, Math.floor(chance / 7), failures);
    given.push(input);
    stepper.give(input);
    if (step > 2000) throw new Error("The run goes on for ever.");
  }
}

function byChance(input: Input, chance: number, failures: boolean): Input {
  if (input.kind === "work") return { ...input, fails: input.fails || (failures && chance % 3 === 0) };
  if (input.kind === "child" && input.becomes === "completed") {
    return { ...input, becomes: failures && chance % 3 === 0 ? "failed" : chance % 5 === 0 ? "waiting" : "completed" };
  }
  return input.kind === "vote" ? { ...input, decided: chance % 3 === 0 ? "rejected" : "approved" } : input;
}

/** What came from outside, read from a log: an uninterrupted run that is given the same must end the same. */
export function inputsOf(events: readonly RunEvent[]): Input[] {
  return events.flatMap((event, index): Input[] => {
    const before = events[index - 1];
    const { type } = event;
    if (type === "node.completed" || type === "node.retrying" || (type === "node.failed" && isOfWorker(event))) {
      const { activation, attempt } = event;
      if (type !== "node.completed") return [{ kind: "work", activation, attempt, fails: true }];
      return [{ kind: "work", activation, attempt, fails: false, handles: event.handles }];
    }
    if (type === "signal.received") return [{ kind: "signal", activation: event.activation }];
    if (type.startsWith("subflow.") && "child" in event) {
      const becomes = event.type === "subflow.ended" ? event.status : childStates[event.type];
      const attempt = attemptOfChild(event.child);
      return becomes === "cancelled" ? [] : [{ kind: "child", activation: event.activation, attempt, becomes }];
    }
    if (type === "approval.decided") return [{ kind: "vote", approval: event.approval, decided: event.decision }];
    if (type === "run.cancel_requested") return [{ kind: "cancel" }];
    // all that is due at one moment fires together
    const another = type === "timer.fired" && !(before?.type === "timer.fired" && before.at === event.at);
    return another ? [{ kind: "clock" }] : [];
  });
}

const childStates = { "subflow.started": "made", "subflow.waiting": "waiting", "subflow.resumed": "running" } as const;

const isOfWorker = ({ error }: EventOf<"node.failed">) => error.code === "model_failed";
