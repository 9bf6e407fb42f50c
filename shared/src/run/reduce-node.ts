import { type EventOf, type Failure, type RunEvent, TimerPurpose } from "../events/index.ts";
import type { PlanNode } from "../graph/index.ts";
import { joinVerdict } from "./join.ts";
import { noteLatest, passAround, route, routeExits } from "./route.ts";
import { activationId, callersOf, scopeOfActivation, standsIn } from "./scope.ts";
import { changeActivation, closeScope, leave, putActivation, settle } from "./settle.ts";
import type { Activation, Arrivals, Run } from "./state.ts";

type NodeEvent = Extract<RunEvent, { type: `node.${string}` | `edge.${string}` }>;

/** What happened to nodes and along edges. */
export function reduceNode(run: Run, event: NodeEvent): void {
  switch (event.type) {
    case "node.started":
      started(run, event);
      return;
    case "node.completed":
      completed(run, event);
      return;
    case "node.failed":
      failed(run, event);
      return;
    case "node.retrying":
      changeActivation(run, event.activation, {
        status: "retrying",
        retryDue: event.due,
        lastError: event.error,
      });
      return;
    case "node.skipped":
      skipped(run, event);
      return;
    case "node.cancelled":
      cancelled(run, event);
      return;
    case "node.waiting":
      changeActivation(run, event.activation, { status: "waiting" });
      return;
    case "node.in_doubt":
      inDoubt(run, event);
      return;
    case "node.resolved":
      resolved(run, event);
      return;
    case "node.late":
      return;
    case "edge.taken":
    case "edge.dead":
      edgeMarked(run, event);
      return;
  }
}

function started(run: Run, event: EventOf<"node.started">): void {
  const { activation: id, node, attempt, at, by, input, waits } = event;
  const status = waits ? "waiting" : "running";
  run.agenda.starts.delete(id);
  run.agenda.wakes.delete(id);
  run.timers.delete(`retry:${id}`);
  const before = run.activations.get(id);
  if (before) {
    const { retryDue: _due, ...rest } = before;
    putActivation(run, { ...rest, status, attempt, ...(input === undefined ? {} : { input }) });
    return;
  }
  const scope = scopeOfActivation(id);
  putActivation(run, {
    id,
    node,
    scope,
    status,
    attempt,
    startedAt: at,
    handles: [],
    models: [],
    tools: [],
    calls: [],
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    ...(by === undefined ? {} : { by }),
    ...(input === undefined ? {} : { input }),
  });
  if (by === undefined) {
    run.scopes.get(scope)?.open.add(id);
  } else {
    const caller = run.activations.get(by);
    if (caller) putActivation(run, { ...caller, calls: [...caller.calls, id] });
  }
}

function completed(run: Run, event: EventOf<"node.completed">): void {
  const { activation: id, handles, output, at, terminates } = event;
  const before = run.activations.get(id);
  if (!before) return;
  const { retryDue: _due, ...rest } = before;
  putActivation(run, { ...rest, status: "succeeded", endedAt: at, handles, output });
  forgetTimers(run, id);
  if (before.by !== undefined) return;
  const node = run.plan.nodes.get(before.node);
  if (terminates) {
    leave(run, before.scope, id);
    closeScope(run, "", { outcome: "completed", output });
    return;
  }
  if (node?.facts.role === "exit" && before.scope === "") run.ends.set(before.node, output);
  noteLatest(run, before);
  route(run, node, before.scope, handles);
  settle(run, before.scope, id);
}

function failed(run: Run, event: EventOf<"node.failed">): void {
  const { activation: id, handles, error, at, attempt } = event;
  const before = run.activations.get(id);
  if (!before) return;
  const { retryDue: _due, ...rest } = before;
  const output = { code: error.code, message: error.message, node: before.node, attempt };
  putActivation(run, {
    ...rest,
    status: "failed",
    endedAt: at,
    handles,
    error,
    ...(handles.length > 0 ? { output } : {}),
  });
  forgetTimers(run, id);
  callOffAsked(run, before);
  if (before.by !== undefined) return;
  if (handles.length > 0) {
    noteLatest(run, before);
    route(run, run.plan.nodes.get(before.node), before.scope, handles);
    settle(run, before.scope, id);
    return;
  }
  const failure: Failure = { ...error, node: error.node ?? before.node };
  leave(run, before.scope, id);
  closeScope(run, passAround(run, before.scope), { outcome: "failed", error: failure });
}

function skipped(run: Run, { activation: id, node, at }: EventOf<"node.skipped">): void {
  const scope = scopeOfActivation(id);
  run.agenda.skips.delete(id);
  putActivation(run, {
    id,
    node,
    scope,
    status: "skipped",
    attempt: 0,
    endedAt: at,
    handles: [],
    models: [],
    tools: [],
    calls: [],
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
  });
  const planned = run.plan.nodes.get(node);
  const unit = planned && standsIn(run, planned, scope);
  // with a loop that cannot be entered all it holds is skipped; its header speaks for it
  if (unit !== undefined && unit !== node) return;
  if (unit === node) routeExits(run, node, scope);
  else route(run, planned, scope, []);
  settle(run, scope, id);
}

function cancelled(run: Run, { activation: id, at }: EventOf<"node.cancelled">): void {
  const before = run.activations.get(id);
  if (!before) return;
  const { retryDue: _due, ...rest } = before;
  putActivation(run, { ...rest, status: "cancelled", endedAt: at });
  forgetTimers(run, id);
  callOffAsked(run, before);
  run.agenda.frames.delete(id);
  if (before.by === undefined) leave(run, before.scope, id);
}

/** What nobody has decided when its node ends is asked no longer. */
function callOffAsked(run: Run, { approval: id, questions = [] }: Activation): void {
  const approval = id === undefined ? undefined : run.approvals.get(id);
  if (approval?.status === "pending") run.approvals.set(approval.id, { ...approval, status: "cancelled" });
  for (const asked of questions) {
    const question = run.questions.get(asked);
    if (question?.status === "pending") run.questions.set(asked, { ...question, status: "cancelled" });
  }
}

function inDoubt(run: Run, { activation: id }: EventOf<"node.in_doubt">): void {
  changeActivation(run, id, { status: "in_doubt" });
  // no agent above can go on before the doubt about its call is settled
  for (const caller of callersOf(run, id)) changeActivation(run, caller, { status: "waiting" });
}

function resolved(run: Run, event: EventOf<"node.resolved">): void {
  const before = run.activations.get(event.activation);
  if (!before) return;
  const tools = before.tools.map((tool) => (tool.call === event.call ? settleCall(tool, event) : tool));
  putActivation(run, { ...before, status: "running", tools });
  for (const caller of callersOf(run, before.id)) changeActivation(run, caller, { status: "running" });
}

function settleCall(tool: Activation["tools"][number], event: EventOf<"node.resolved">): Activation["tools"][number] {
  if (event.decision === "retry") return { ...tool, resolved: "retry" };
  if (event.decision === "done") return { ...tool, resolved: "done", result: event.output ?? null, endedAt: event.at };
  const error = { code: "tool_failed", message: "A person settled this call in doubt as failed." };
  return { ...tool, resolved: "fail", error, endedAt: event.at };
}

function edgeMarked(run: Run, event: EventOf<"edge.taken"> | EventOf<"edge.dead">): void {
  const { edge: id, scope, type } = event;
  run.agenda.edges.delete(`${id}@${scope}`);
  const taken = type === "edge.taken";
  const counts = run.edges.get(id) ?? { taken: 0, dead: 0 };
  run.edges.set(id, taken ? { ...counts, taken: counts.taken + 1 } : { ...counts, dead: counts.dead + 1 });
  const target = run.plan.edgeTargets.get(id);
  if (target) arrive(run, target, scope, taken);
}

function arrive(run: Run, target: PlanNode, scope: string, taken: boolean): void {
  const pass = run.scopes.get(scope);
  const cycle = pass?.loop === target.id ? run.frames.get(pass.frame ?? "")?.cycle : undefined;
  if (cycle) {
    count(cycle.back, taken);
    return;
  }
  const id = activationId(target.id, scope);
  // a join runs once: what comes after it has opened changes nothing
  if (run.activations.has(id) || run.frames.has(id) || run.agenda.starts.has(id) || run.agenda.skips.has(id)) return;
  const arrivals = run.arrivals.get(id) ?? { taken: 0, dead: 0 };
  count(arrivals, taken);
  run.arrivals.set(id, arrivals);
  const verdict = joinVerdict(target.join, target.entering.length, arrivals);
  if (verdict === "wait") return;
  run.arrivals.delete(id);
  run.agenda[verdict === "run" ? "starts" : "skips"].set(id, { node: target.id, scope });
}

function count(arrivals: Arrivals, taken: boolean): void {
  if (taken) arrivals.taken += 1;
  else arrivals.dead += 1;
}

function forgetTimers(run: Run, activation: string): void {
  for (const purpose of TimerPurpose.options) run.timers.delete(`${purpose}:${activation}`);
  run.agenda.wakes.delete(activation);
}
