import type { Json } from "../json/index.ts";
import type { Run, Scope } from "./state.ts";

/** The id of one execution of a node: `draft`, `write@revise#2/items#14`, `check@fan/left`. */
export function activationId(node: string, scope: string): string {
  return scope === "" ? node : `${node}@${scope}`;
}

/** The scope of a lane of a frame (or, with a number, of one item or pass). */
export function laneScope(frameScope: string, frame: string, lane: string, numbered: boolean): string {
  const own = numbered ? `${frame}#${lane}` : `${frame}/${lane}`;
  return frameScope === "" ? own : `${frameScope}/${own}`;
}

/** The scope in an activation's id. */
export function scopeOfActivation(id: string): string {
  const at = id.indexOf("@");
  return at < 0 ? "" : id.slice(at + 1);
}

/** The activation of an agent's n-th call of a node: `stock@ask#3`. */
export function callActivation(called: string, agent: { node: string; scope: string }, n: number): string {
  return activationId(called, laneScope(agent.scope, agent.node, String(n), true));
}

/** The agents that wait for this call, nearest first. */
export function callersOf(run: Run, activation: string): string[] {
  const callers: string[] = [];
  let next = run.activations.get(activation)?.by;
  while (next !== undefined) {
    callers.push(next);
    next = run.activations.get(next)?.by;
  }
  return callers;
}

/** The scope and all it lies in, innermost first. */
export function* enclosing(run: Run, scope: string): Generator<Scope> {
  let next: string | null = scope;
  while (next !== null) {
    const found: Scope | undefined = run.scopes.get(next);
    if (!found) return;
    yield found;
    next = found.parent;
  }
}

/** Whether nothing new may start here, because this scope or one around it is being called off. */
export function isClosing(run: Run, scope: string): boolean {
  for (const { closing } of enclosing(run, scope)) if (closing) return true;
  return false;
}

/**
 * What a name stands for to an expression in this scope: a frame's variable, the run's, or the output of the nearest
 * node of that id; null for a node that has not run.
 */
export function namedValue(run: Run, name: string, scope: string): Json | undefined {
  if (name === "input") return run.input;
  if (name === "run") return { id: run.id, startedAt: run.startedAt };
  for (const { id, frame, lane, index } of enclosing(run, scope)) {
    const found = run.activations.get(activationId(name, id));
    if (found)
      return found.status === "succeeded" || found.status === "reused" ? (found.output ?? null) : failed(found);
    if (frame === null) continue;
    const { isForEach, items } = run.frames.get(frame) ?? {};
    if (isForEach && name === "item") return items?.[index] ?? null;
    if (isForEach && name === "index") return index;
    if (!isForEach && name === "lane") return lane;
  }
  return run.plan.nodes.has(name) ? null : undefined;
}

/** A node whose failure was taken care of carries what went wrong as its output. */
function failed({ output, handles }: { output?: Json; handles: readonly string[] }): Json {
  return handles.length > 0 ? (output ?? null) : null;
}
