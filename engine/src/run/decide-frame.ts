import type { Failure, RunFact } from "@signalbox/shared/events";
import { bodyOf, type PlanBody } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import {
  type Activation,
  type FrameRun,
  frameVerdict,
  isClosing,
  joinVerdict,
  laneScope,
  mayStartLane,
  outputIn,
  type Run,
  type Scope,
  scopeOfActivation,
} from "@signalbox/shared/run";
import { asFailure, timeUp } from "../nodes/failure.ts";
import { runnerOf } from "../nodes/runners.ts";
import { valuesIn } from "./values.ts";

/** A lane or a pass is at rest: how it ended and, in a loop, what follows from it. */
export function endLane(run: Run, id: string): RunFact[] {
  const scope = run.scopes.get(id);
  const frame = scope?.frame == null ? undefined : run.frames.get(scope.frame);
  if (!scope || !frame) return [];
  const { closing, lane } = scope;
  const outcome = closing === undefined ? "succeeded" : closing.outcome === "failed" ? "failed" : "cancelled";
  const ended: RunFact = {
    type: "frame.lane_ended",
    node: frame.node,
    activation: frame.activation,
    lane,
    scope: id,
    outcome,
    ...(closing?.outcome === "failed" ? { error: closing.error } : {}),
  };
  const isLoop = frame.kind === "loop" || frame.kind === "cycle";
  if (!isLoop || closing?.outcome === "cancelled" || isClosing(run, scope.parent ?? "")) return [ended];
  return [ended, ...afterPass(run, frame, scope)];
}

/** What follows from a pass that has come to rest by itself. */
function afterPass(run: Run, frame: FrameRun, pass: Scope): RunFact[] {
  return frame.kind === "cycle" ? afterCyclePass(run, frame, pass) : afterLoopPass(run, frame, pass);
}

function afterCyclePass(run: Run, frame: FrameRun, { index, parent }: Scope): RunFact[] {
  const { node, activation, cycle, maxIterations = 1 } = frame;
  const loop = run.plan.loops.get(node);
  const join = run.plan.nodes.get(node)?.join ?? "all";
  const about = { node, activation };
  const goesOn = cycle && loop && joinVerdict(join, loop.back.length, cycle.back) === "run";
  if (!goesOn) return [{ type: "loop.ended", ...about, iterations: index, outcome: "completed" }];
  if (index < maxIterations) return [iterated(frame, parent ?? "", index + 1)];
  const error = exhausted(node, maxIterations);
  return [{ type: "loop.ended", ...about, iterations: index, outcome: "failed", error }];
}

function afterLoopPass(run: Run, frame: FrameRun, pass: Scope): RunFact[] {
  const { node, activation: id, maxIterations = 1 } = frame;
  const activation = run.activations.get(id);
  const planned = run.plan.nodes.get(node);
  const runner = planned && runnerOf(planned.node);
  if (!activation || !planned || runner?.kind !== "loop") return [];
  if (pass.closing?.outcome === "failed") return [failed(run, activation, pass.closing.error)];
  const { attempt } = activation;
  const output = () => bodyValue(run, bodyOf(run.plan, node), pass.id);
  const ended = (handle: string): RunFact => {
    return { type: "node.completed", node, activation: id, attempt, handles: [handle], output: output() };
  };
  try {
    if (runner.isDone(planned.node, valuesIn(run, pass.id))) return [ended("out")];
  } catch (error) {
    return [failed(run, activation, asFailure(error))];
  }
  if (pass.index < maxIterations) return [iterated(frame, pass.parent ?? "", pass.index + 1)];
  const isWired = planned.outgoing.some(({ sourceHandle }) => sourceHandle === "exhausted");
  return [isWired ? ended("exhausted") : failed(run, activation, exhausted(node, maxIterations))];
}

function iterated({ node, activation }: FrameRun, parent: string, iteration: number): RunFact {
  const scope = laneScope(parent, node, String(iteration), true);
  return { type: "loop.iterated", node, activation, iteration, scope };
}

function exhausted(node: string, passes: number): Failure {
  const times = passes === 1 ? "1 pass" : `${passes} passes`;
  return { code: "loop_exhausted", message: `The loop at ${node} was not done after ${times}.`, node };
}

/** What a frame does next: a lane starts, or its outcome is certain and nothing in it works any more. */
export function advanceFrame(run: Run, id: string): RunFact[] {
  const frame = run.frames.get(id);
  const activation = run.activations.get(id);
  if (!frame || activation?.endedAt !== undefined) return [];
  const scope = scopeOfActivation(id);
  if (isClosing(run, scope)) return calledOff(frame);
  const verdict = frameVerdict(frame);
  if (verdict === "open") return mayStartLane(frame) ? [nextLane(frame, scope)] : [];
  if (!activation || frame.counts.running > 0) return [];
  const { node, attempt } = activation;
  if (verdict === "fail") return [failed(run, activation, frameFailure(frame))];
  const output = frameOutput(run, frame, scope);
  return [{ type: "node.completed", node, activation: id, attempt, handles: ["out"], output }];
}

function calledOff({ node, activation, kind, started, counts }: FrameRun): RunFact[] {
  if (counts.running > 0) return [];
  const about = { node, activation };
  if (kind !== "cycle") return [{ type: "node.cancelled", ...about }];
  return [{ type: "loop.ended", ...about, iterations: started, outcome: "cancelled" }];
}

function nextLane(frame: FrameRun, scope: string): RunFact {
  const { node, activation, kind, lanes, started } = frame;
  if (kind === "loop" || kind === "cycle") return iterated(frame, scope, 1);
  const lane = lanes[started] ?? "";
  return { type: "frame.lane_started", node, activation, lane, scope: laneScope(scope, node, lane, kind === "items") };
}

function failed(run: Run, { id, node, attempt }: Activation, error: Failure): RunFact {
  const isWired = run.plan.nodes.get(node)?.outgoing.some(({ sourceHandle }) => sourceHandle === "error");
  return { type: "node.failed", node, activation: id, attempt, handles: isWired ? ["error"] : [], error };
}

function frameFailure(frame: FrameRun): Failure {
  if (frame.timedOut) return timeUp(frame.node);
  const [first] = [...frame.errors].sort(([a], [b]) => a - b);
  if (first) return first[1];
  const message = `Too few lanes of ${frame.node} succeeded: ${frame.counts.succeeded} of ${frame.lanes.length}.`;
  return { code: "frame_failed", message, node: frame.node };
}

/** Lanes by name, or a list in the order of the items; what failed is its error where all is settled; else it is null, as what was cancelled. */
function frameOutput(run: Run, frame: FrameRun, scope: string): Json {
  const values = frame.lanes.map((lane, index): Json => {
    const outcome = frame.outcomes[index];
    const error = frame.errors.get(index);
    if (outcome === "failed" && error && frame.join === "settled")
      return { error: { code: error.code, message: error.message } };
    if (outcome !== "succeeded") return null;
    const body = frame.kind === "items" ? bodyOf(run.plan, frame.node) : run.plan.lanes.get(frame.node)?.get(lane);
    return bodyValue(run, body, laneScope(scope, frame.node, lane, frame.kind === "items"));
  });
  if (frame.kind === "items") return values;
  return Object.fromEntries(frame.lanes.map((lane, index) => [lane, values[index] ?? null]));
}

/** The outputs of a body's last nodes by id, or, with exactly one, that output itself. */
function bodyValue(run: Run, body: PlanBody | undefined, scope: string): Json {
  const outputs = (body?.last ?? []).map((id): [string, Json] => [id, outputIn(run, id, scope, null) ?? null]);
  const [only, ...more] = outputs;
  return only !== undefined && more.length === 0 ? only[1] : Object.fromEntries(outputs);
}
