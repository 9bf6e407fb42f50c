import type { RunFact } from "@signalbox/shared/events";
import { type Activation, isClosing, type Run } from "@signalbox/shared/run";
import { timeUp } from "../nodes/failure.ts";
import type { WaitState } from "../nodes/runner.ts";
import { runnerOf } from "../nodes/runners.ts";
import { failNode } from "./fail-node.ts";
import type { Decision, Moment } from "./moment.ts";
import { completed } from "./start-node.ts";

const nothing: Decision = { facts: [], abort: [] };

/** What a fired timer or a person's word means for the activation that waited for it. */
export function wakeNode(run: Run, id: string, moment: Moment): Decision {
  const activation = run.activations.get(id);
  if (!activation || activation.endedAt !== undefined || isClosing(run, activation.scope)) return nothing;
  const fired = (purpose: string) => run.timers.get(`${purpose}:${id}`)?.fired === true;
  if (fired("timeout")) return timedOut(run, activation, moment);
  const about = { node: activation.node, activation: id };
  if (activation.status === "retrying") {
    if (!fired("retry")) return nothing;
    return { facts: [{ type: "node.started", ...about, attempt: activation.attempt + 1 }], abort: [] };
  }
  const node = run.plan.nodes.get(activation.node)?.node;
  const runner = node && runnerOf(node);
  if (!node || runner?.kind !== "wait") return nothing;
  const approval = activation.approval === undefined ? undefined : run.approvals.get(activation.approval);
  const answer = runner.wake(node, { activation, approval, fired: firedTimers(run, id), now: moment.now });
  if (!answer) return nothing;
  if ("facts" in answer) return { facts: answer.facts, abort: [] };
  return { facts: [completed(about, answer, activation.attempt)], abort: [] };
}

function firedTimers(run: Run, id: string): WaitState["fired"] {
  const timers = (["due", "expiry", "remind"] as const).flatMap((purpose) => {
    const timer = run.timers.get(`${purpose}:${id}`);
    return timer?.fired ? [{ purpose, due: Date.parse(timer.due) }] : [];
  });
  return timers.sort((a, b) => a.due - b.due).map(({ purpose }) => purpose);
}

/** The timeout covers all attempts, so no other follows; the calls it had open end with it. */
function timedOut(run: Run, { id, node, attempt }: Activation, moment: Moment): Decision {
  const failed = failNode(run, { node, activation: id, attempt }, timeUp(node), { retryable: false }, moment);
  return { facts: [...cancelCalls(run, id), ...failed], abort: [id] };
}

/** Ends the open calls of an agent that ends. */
export function cancelCalls(run: Run, id: string): RunFact[] {
  return (run.activations.get(id)?.calls ?? []).flatMap((called): RunFact[] => {
    const call = run.activations.get(called);
    if (!call || call.endedAt !== undefined) return [];
    return [...cancelCalls(run, called), { type: "node.cancelled", node: call.node, activation: called }];
  });
}
