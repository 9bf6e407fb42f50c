import type { RunFact } from "@signalbox/shared/events";
import { activationId, type Run, standsIn } from "@signalbox/shared/run";
import { advanceFrame, endLane } from "./decide-frame.ts";
import type { Decision, Moment } from "./moment.ts";
import { startNode } from "./start-node.ts";
import { unknownEffects } from "./unknown-effects.ts";
import { cancelCalls, wakeNode } from "./wake-node.ts";

const nothing: Decision = { facts: [], abort: [] };

/**
 * What a run needs next. Pure: the same run and moment always decide the same. Answers one round; the driver folds it
 * and asks again until nothing follows. Looks only at the agenda, so its cost does not grow with the run.
 * What one event makes possible happens in the order of edge id, then node id.
 */
export function decide(run: Run, moment: Moment): Decision {
  if (run.status === "queued") return { facts: [{ type: "run.started" }], abort: [] };
  if (run.endedAt !== null || run.startedAt === null) return nothing;
  const { edges, wakes, rest, frames, starts, skips, closing } = run.agenda;
  if (edges.size > 0) {
    const sorted = [...edges.values()].sort((a, b) => compare(a.edge, b.edge));
    return facts(sorted.map(({ edge, scope, taken }) => ({ type: taken ? "edge.taken" : "edge.dead", edge, scope })));
  }
  if (wakes.size > 0) return wakeAll(run, [...wakes].sort(), moment);
  if (closing.size > 0) {
    const abort = workIn(run, closing);
    if (abort.length > 0) return { facts: abort.flatMap((id) => callOff(run, id)), abort };
  }
  const scope = rest.values().next().value;
  if (scope !== undefined) return facts(scope === "" ? endRun(run) : endLane(run, scope));
  if (frames.size > 0) {
    const next = [...frames].sort().flatMap((id) => advanceFrame(run, id));
    if (next.length > 0) return facts(next);
  }
  if (starts.size > 0 || skips.size > 0) return startAll(run, moment);
  return nothing;
}

function facts(list: readonly RunFact[]): Decision {
  return { facts: list, abort: [] };
}

/** Everything in closing scopes that works or waits; frames end by themselves when their lanes have. */
function workIn(run: Run, closing: ReadonlySet<string>): string[] {
  const abort: string[] = [];
  for (const id of closing) {
    for (const activation of run.scopes.get(id)?.open ?? []) {
      if (!run.frames.has(activation)) abort.push(activation);
    }
  }
  return abort.sort();
}

/** Ends an activation as cancelled, and the calls it had open before it. */
function callOff(run: Run, id: string): RunFact[] {
  const node = run.activations.get(id)?.node ?? id;
  return [...cancelCalls(run, id), { type: "node.cancelled", node, activation: id }];
}

function wakeAll(run: Run, activations: readonly string[], moment: Moment): Decision {
  const decisions = activations.map((id) => wakeNode(run, id, moment));
  for (const [index, id] of activations.entries()) {
    // looked at and nothing to do: it is off the list until something new comes
    if (decisions[index]?.facts.length === 0) run.agenda.wakes.delete(id);
  }
  const all = { facts: decisions.flatMap((one) => one.facts), abort: decisions.flatMap((one) => one.abort) };
  return all.facts.length > 0 || all.abort.length > 0 ? all : decide(run, moment);
}

/** Starts what may start, in order; what ends a scope ends the round, for after it nothing else may start there. */
function startAll(run: Run, moment: Moment): Decision {
  const { starts, skips } = run.agenda;
  const due = [...skips, ...starts].sort(([, a], [, b]) => compare(a.node, b.node));
  const next: RunFact[] = [];
  for (const [activation, { node, scope }] of due) {
    if (skips.has(activation)) {
      next.push(...skip(run, { node, scope, activation }));
      continue;
    }
    const started = startNode(run, { node, scope, activation }, moment);
    next.push(...started);
    if (started.some(closesScope)) break;
  }
  return facts(next);
}

/** With a loop that cannot be entered, all it holds is skipped. */
function skip(run: Run, { node, scope, activation }: { node: string; scope: string; activation: string }): RunFact[] {
  const planned = run.plan.nodes.get(node);
  const loop = planned && run.plan.loops.get(standsIn(run, planned, scope) ?? "");
  if (!loop) return [{ type: "node.skipped", node, activation }];
  return loop.body.nodes.map((id) => ({ type: "node.skipped", node: id, activation: activationId(id, scope) }));
}

function closesScope(fact: RunFact): boolean {
  return fact.type === "node.completed"
    ? fact.terminates === true
    : fact.type === "node.failed" && fact.handles.length === 0;
}

function endRun(run: Run): RunFact[] {
  const closing = run.scopes.get("")?.closing;
  if (closing?.outcome === "failed") return [{ type: "run.failed", error: closing.error }];
  if (closing?.outcome === "completed") return [{ type: "run.completed", output: closing.output }];
  if (closing?.outcome === "cancelled") {
    const by = run.cancelRequested?.by;
    return [{ type: "run.cancelled", unknown: unknownEffects(run), ...(by === undefined ? {} : { by }) }];
  }
  // by id, so that the output does not tell who was faster
  const [only, ...more] = [...run.ends].sort(([a], [b]) => compare(a, b));
  const output = only === undefined ? null : more.length === 0 ? only[1] : Object.fromEntries([only, ...more]);
  return [{ type: "run.completed", output }];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
