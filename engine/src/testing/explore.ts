import type { RunEvent } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import type { Input } from "./inputs.ts";
import { type Stepper, stepThrough } from "./step-through.ts";

/** What every run of a graph did, over every order in which workers, people, signals and the clock can act. */
export interface Explored {
  /** Each order in which nodes ended: `a` has ended, `!a` has failed, `~a` was called off. */
  orders: string[];
  /** Each way in which a run ended, with its output or the code of its failure. */
  outcomes: string[];
  runs: readonly Stepper[];
}

export interface Exploration {
  graph: Graph;
  input?: Json;
  /** What else may happen in the place of something: a worker that fails, a person who rejects. */
  also?: (input: Input) => readonly Input[];
  /** What may happen at any moment, once. */
  anytime?: readonly Input[];
}

const mostRuns = 20_000;

export function explore({ graph, input = null, also = () => [], anytime = [] }: Exploration): Explored {
  const runs: Stepper[] = [];
  const pending: { past: readonly RunEvent[]; next: Input | undefined; left: readonly Input[] }[] = [];
  const goOn = (stepper: Stepper, left: readonly Input[]) => {
    const open = stepper.open().flatMap((one) => [one, ...also(one)]);
    if (stepper.run.endedAt !== null || (open.length === 0 && left.length === 0)) runs.push(stepper);
    if (runs.length > mostRuns) throw new Error("There are too many orders to try them all.");
    const past = [...stepper.events];
    for (const next of open) pending.push({ past, next, left });
    if (stepper.run.endedAt !== null) return;
    for (const next of left) pending.push({ past, next, left: left.filter((one) => one !== next) });
  };
  goOn(stepThrough(graph, input), anytime);
  for (let one = pending.pop(); one; one = pending.pop()) {
    const stepper = stepThrough(graph, input, one.past);
    if (one.next) stepper.give(one.next);
    goOn(stepper, one.left);
  }
  return {
    runs,
    orders: [...new Set(runs.map(orderOf))].sort(),
    outcomes: [...new Set(runs.map(outcomeOf))].sort(),
  };
}

/** How its nodes ended, in order; of the start, frames and branches, which do nothing of their own, only that they failed. */
function orderOf({ run, events }: Stepper): string {
  const silent = new Set(["start", "parallel", "loop", "branch"]);
  const words = events.flatMap((event): string[] => {
    if (event.type !== "node.completed" && event.type !== "node.failed" && event.type !== "node.cancelled") return [];
    const { type = "" } = run.plan.nodes.get(event.node)?.node ?? {};
    if (event.type !== "node.failed" && silent.has(type)) return [];
    const mark = { "node.completed": "", "node.failed": "!", "node.cancelled": "~" }[event.type];
    return [`${mark}${event.activation}`];
  });
  return words.join(" ");
}

function outcomeOf({ run, events }: Stepper): string {
  const last = events.at(-1);
  if (last?.type === "run.completed") return `completed ${JSON.stringify(last.output)}`;
  if (last?.type === "run.failed") return `failed ${last.error.code}`;
  return last?.type === "run.cancelled" ? "cancelled" : `${run.status} for ever`;
}
