import type { RunFact } from "@signalbox/shared/events";
import type { GraphNode } from "@signalbox/shared/graph";
import { durationMs } from "@signalbox/shared/nodes";
import { type Run, standsIn } from "@signalbox/shared/run";
import { asFailure } from "../nodes/failure.ts";
import type { Done } from "../nodes/runner.ts";
import { runnerOf } from "../nodes/runners.ts";
import { failNode } from "./fail-node.ts";
import type { Moment } from "./moment.ts";
import { valuesIn } from "./values.ts";

interface Place {
  node: string;
  scope: string;
  activation: string;
}

/** The facts by which a node (or the loop that it is the header of) starts, and with which an instant one also ends. */
export function startNode(run: Run, { node: id, scope, activation }: Place, moment: Moment): readonly RunFact[] {
  const planned = run.plan.nodes.get(id);
  if (planned && standsIn(run, planned, scope) !== undefined) return [cycleStarted(run, id, activation)];
  const runner = planned && runnerOf(planned.node);
  const about = { node: id, activation };
  const started: RunFact = { type: "node.started", ...about, attempt: 1 };
  if (!planned || !runner) {
    const error = { code: "not_runnable", message: `${id} is of a type that this version does not run.` };
    return [started, { type: "node.failed", ...about, attempt: 1, error, handles: [] }];
  }
  const values = valuesIn(run, scope);
  const timeout = () => timeoutOf(planned.node, activation, moment);
  try {
    switch (runner.kind) {
      case "instant":
        return [started, completed(about, runner.run(planned.node, values))];
      case "frame": {
        const lanes = [...(run.plan.lanes.get(id)?.keys() ?? [])];
        const frame = runner.open(planned.node, values, lanes);
        return [started, { type: "frame.started", ...about, ...frame, lanes: [...frame.lanes] }, ...timeout()];
      }
      case "loop": {
        const loop = runner.open(planned.node);
        return [
          started,
          { type: "frame.started", ...about, lanes: [], concurrency: 1, join: "all", loop },
          ...timeout(),
        ];
      }
      case "wait": {
        const input = runner.input?.(planned.node, values);
        const waits: RunFact = { ...started, waits: true, ...(input === undefined ? {} : { input }) };
        const opened = runner.open(planned.node, values, { run: run.id, by: run.by, activation, now: moment.now });
        return [waits, ...opened, ...(runner.ownTimeout ? [] : timeout())];
      }
      case "work": {
        const input = runner.input(planned.node, values);
        return [{ ...started, input }, ...timeout()];
      }
    }
  } catch (error) {
    return [started, ...failNode(run, { ...about, attempt: 1 }, asFailure(error), { retryable: false }, moment)];
  }
}

function timeoutOf({ id: node, data }: GraphNode, activation: string, moment: Moment): RunFact[] {
  const { timeout } = "timeout" in data ? data : {};
  if (timeout === undefined) return [];
  const due = new Date(moment.now + durationMs(timeout)).toISOString();
  return [{ type: "timer.set", node, activation, timer: `timeout:${activation}`, purpose: "timeout", due }];
}

function cycleStarted({ plan }: Run, node: string, activation: string): RunFact {
  const loop = { maxIterations: plan.loops.get(node)?.maxIterations ?? 1 };
  return { type: "frame.started", node, activation, lanes: [], concurrency: 1, join: "all", loop };
}

export function completed(about: { node: string; activation: string }, done: Done, attempt = 1): RunFact {
  const { handles, output, terminates } = done;
  return {
    type: "node.completed",
    ...about,
    attempt,
    handles: [...handles],
    output,
    ...(terminates ? { terminates } : {}),
  };
}
