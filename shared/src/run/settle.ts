import type { PlanBody } from "../graph/index.ts";
import { frameVerdict, mayStartLane } from "./frames.ts";
import { activationId, isClosing, scopeOfActivation } from "./scope.ts";
import type { Activation, Closing, Run, Scope } from "./state.ts";

/** Begins a body: its entries may start; an empty one is at rest at once. */
export function openScope(run: Run, at: Omit<Scope, "unsettled" | "open"> & { body: PlanBody }): void {
  const { body, ...place } = at;
  run.scopes.set(place.id, { ...place, unsettled: body.units.length, open: new Set() });
  for (const node of body.entries) {
    run.agenda.starts.set(activationId(node, place.id), { node, scope: place.id });
  }
  if (body.units.length === 0) run.agenda.rest.add(place.id);
}

/** No more starts in this scope and those inside it; what works there is to be called off. The first reason holds. */
export function closeScope(run: Run, id: string, closing: Closing): void {
  const scope = run.scopes.get(id);
  if (!scope || scope.closing) return;
  scope.closing = closing;
  const { edges, starts, skips } = run.agenda;
  for (const pending of [edges, starts, skips]) {
    for (const [key, entry] of pending) if (entry.scope === id) pending.delete(key);
  }
  if (scope.open.size === 0) run.agenda.rest.add(id);
  else run.agenda.closing.add(id);
  for (const activation of scope.open) {
    if (run.frames.has(activation)) closeLanes(run, activation);
  }
}

/** Calls off every lane of a frame that still runs. */
function closeLanes(run: Run, activation: string): void {
  for (const scope of openLanes(run, activation)) closeScope(run, scope.id, { outcome: "cancelled" });
  run.agenda.frames.add(activation);
}

/** The lanes of a frame that have started and not ended. */
export function openLanes(run: Run, activation: string): Scope[] {
  const frame = run.frames.get(activation);
  if (!frame) return [];
  return [...frame.openScopes].flatMap((id) => run.scopes.get(id) ?? []);
}

/** Puts a frame on the agenda when a lane may start or its outcome is certain; else takes it off. */
export function attendFrame(run: Run, activation: string): void {
  const frame = run.frames.get(activation);
  if (!frame) return;
  const scope = scopeOfActivation(activation);
  if (frameVerdict(frame) !== "open" || isClosing(run, scope)) {
    closeLanes(run, activation);
    if (frame.counts.running > 0) run.agenda.frames.delete(activation);
  } else if (mayStartLane(frame)) {
    run.agenda.frames.add(activation);
  } else {
    run.agenda.frames.delete(activation);
  }
}

/** A frame's time is up. */
export function timeOutFrame(run: Run, activation: string): void {
  const frame = run.frames.get(activation);
  if (!frame) return;
  frame.timedOut = true;
  attendFrame(run, activation);
}

/** A node of the flow has ended or been skipped: one less in its scope. */
export function settle(run: Run, scopeId: string, activation: string): void {
  const scope = run.scopes.get(scopeId);
  if (!scope) return;
  scope.open.delete(activation);
  scope.unsettled -= 1;
  restIfDone(run, scope);
}

/** A node was called off: its scope is closing and waits only for what is open. */
export function leave(run: Run, scopeId: string, activation: string): void {
  const scope = run.scopes.get(scopeId);
  if (!scope) return;
  scope.open.delete(activation);
  restIfDone(run, scope);
}

function restIfDone(run: Run, scope: Scope): void {
  const done = scope.closing ? scope.open.size === 0 : scope.unsettled === 0;
  if (!done) return;
  run.agenda.rest.add(scope.id);
  run.agenda.closing.delete(scope.id);
}

/** Puts a new record in the place of an activation's old one, and keeps count of what works. */
export function putActivation(run: Run, next: Activation): void {
  const before = run.activations.get(next.id);
  run.working += works(run, next) - (before ? works(run, before) : 0);
  run.activations.set(next.id, next);
}

function works(run: Run, { node, status }: Activation): 0 | 1 {
  return status === "running" && run.plan.nodes.get(node)?.facts.role !== "frame" ? 1 : 0;
}

export function changeActivation(run: Run, id: string, change: Partial<Activation>): void {
  const before = run.activations.get(id);
  if (before) putActivation(run, { ...before, ...change });
}
