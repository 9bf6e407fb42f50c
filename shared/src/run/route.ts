import type { GraphEdge, PlanNode } from "../graph/index.ts";
import { activationId, isClosing } from "./scope.ts";
import type { Activation, CycleRun, Run } from "./state.ts";

/** Every edge out of a node that has ended is to be marked, each by its handle. */
export function route(run: Run, node: PlanNode | undefined, scope: string, handles: readonly string[]): void {
  if (!node || isClosing(run, scope)) return;
  for (const edge of node.outgoing) carry(run, edge, scope, handles.includes(edge.sourceHandle));
}

/** A loop has come to rest (or cannot be entered): the edges that leave it are to be marked, each as it once was taken. */
export function routeExits(run: Run, header: string, scope: string): void {
  if (isClosing(run, scope)) return;
  const exits = run.frames.get(activationId(header, scope))?.cycle?.exits;
  for (const edge of run.plan.loops.get(header)?.exits ?? []) carry(run, edge, scope, exits?.get(edge.id) ?? false);
}

/** What leaves a loop is delivered when the loop is at rest; until then it is remembered there. */
function carry(run: Run, edge: GraphEdge, scope: string, taken: boolean): void {
  const cycle = cycleOf(run, scope);
  const loop = run.plan.loops.get(run.scopes.get(scope)?.loop ?? "");
  if (cycle && loop && !loop.members.has(edge.target)) {
    cycle.exits.set(edge.id, taken || (cycle.exits.get(edge.id) ?? false));
  } else {
    run.agenda.edges.set(`${edge.id}@${scope}`, { edge: edge.id, scope, taken });
  }
}

/** Remembers, in every loop around it that edges make, that this activation is now the node's latest. */
export function noteLatest(run: Run, { id, node, scope }: Activation): void {
  let at = run.scopes.get(scope);
  while (at?.loop !== undefined) {
    cycleOf(run, at.id)?.latest.set(node, id);
    at = run.scopes.get(at.parent ?? "");
  }
}

/** The nearest scope that can fail by itself: a loop that edges make has no way out for a failure. */
export function passAround(run: Run, scope: string): string {
  let at = run.scopes.get(scope);
  while (at?.loop !== undefined && at.parent !== null) at = run.scopes.get(at.parent);
  return at?.id ?? scope;
}

function cycleOf(run: Run, scope: string): CycleRun | undefined {
  const pass = run.scopes.get(scope);
  return pass?.loop === undefined ? undefined : run.frames.get(pass.frame ?? "")?.cycle;
}
