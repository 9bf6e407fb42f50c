import { loopHolding, type PlanNode } from "../graph/index.ts";
import type { Json } from "../json/index.ts";
import type { FrameRun, Run, Scope } from "./state.ts";

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
 * The loop as which a node counts in this scope, by header: a node of a loop that edges make is part of its loop there.
 * Undefined where the node stands for itself.
 */
export function standsIn(run: Run, node: PlanNode, scope: string): string | undefined {
  return loopHolding(run.plan, node.id, run.scopes.get(scope)?.loop ?? null)?.header;
}

/**
 * What a name stands for to an expression in this scope: a frame's variable, the run's, or the output of the nearest
 * node of that id; null for a node that has not run.
 */
export function namedValue(run: Run, name: string, scope: string): Json | undefined {
  if (name === "input") return run.input;
  if (name === "run") return { id: run.id, startedAt: run.startedAt };
  for (const place of enclosing(run, scope)) {
    const output = outputIn(run, name, place.id, place.loop ?? null);
    if (output !== undefined) return output;
    const variable = frameVariable(run, name, place);
    if (variable !== undefined) return variable;
    // in a loop that edges make, what a node gave in an earlier pass is `previous`
    if (place.loop !== undefined && run.plan.loops.get(place.loop)?.members.has(name)) return null;
  }
  return run.plan.nodes.has(name) ? null : undefined;
}

/** What a node has given in one scope, or a loop in it last; undefined where it has not run there. `level`: the loop whose pass the scope is. */
export function outputIn(run: Run, name: string, scope: string, level: string | null): Json | undefined {
  const own = run.activations.get(activationId(name, scope));
  const loop = own ? undefined : loopHolding(run.plan, name, level);
  const latest = loop && run.frames.get(activationId(loop.header, scope))?.cycle?.latest.get(name);
  const found = own ?? (latest === undefined ? undefined : run.activations.get(latest));
  if (!found) return undefined;
  return found.status === "succeeded" || found.status === "reused" ? (found.output ?? null) : failed(found);
}

function frameVariable(run: Run, name: string, { frame: id, parent, lane, index }: Scope): Json | undefined {
  const frame = id === null ? undefined : run.frames.get(id);
  if (!frame) return undefined;
  switch (frame.kind) {
    case "items":
      return name === "item" ? (frame.items?.[index] ?? null) : name === "index" ? index : undefined;
    case "lanes":
      return name === "lane" ? lane : undefined;
    case "loop":
    case "cycle":
      if (name === "iteration") return index;
      return name === "previous" ? outputsOfPass(run, frame, parent ?? "", index - 1) : undefined;
  }
}

/** What the nodes of a loop gave in one pass, by node; empty before the first. */
function outputsOfPass(run: Run, { kind, node }: FrameRun, parent: string, pass: number): Json {
  if (pass < 1) return {};
  const body = kind === "cycle" ? run.plan.loops.get(node)?.body : run.plan.bodies.get(node);
  const scope = laneScope(parent, node, String(pass), true);
  const level = kind === "cycle" ? node : null;
  return Object.fromEntries((body?.nodes ?? []).map((id) => [id, outputIn(run, id, scope, level) ?? null]));
}

/** A node whose failure was taken care of carries what went wrong as its output. */
function failed({ output, handles }: { output?: Json; handles: readonly string[] }): Json {
  return handles.length > 0 ? (output ?? null) : null;
}
