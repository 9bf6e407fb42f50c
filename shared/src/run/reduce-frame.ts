import type { EventOf, RunEvent } from "../events/index.ts";
import { bodyOf, type PlanBody } from "../graph/index.ts";
import { passAround, routeExits } from "./route.ts";
import { scopeOfActivation } from "./scope.ts";
import { attendFrame, closeScope, leave, openScope, settle } from "./settle.ts";
import type { FrameRun, Run } from "./state.ts";

type FrameEvent = Extract<RunEvent, { type: `frame.${string}` | `loop.${string}` }>;

/** What happened to frames and loops, their lanes and passes. */
export function reduceFrame(run: Run, event: FrameEvent): void {
  switch (event.type) {
    case "frame.started":
      started(run, event);
      return;
    case "frame.lane_started":
      openLane(run, event, event.lane, 0);
      return;
    case "loop.iterated":
      openLane(run, event, String(event.iteration), 1);
      return;
    case "frame.lane_ended":
      laneEnded(run, event);
      return;
    case "loop.ended":
      cycleEnded(run, event);
      return;
  }
}

function started(run: Run, event: EventOf<"frame.started">): void {
  const { activation, node, lanes, items, concurrency, join, loop } = event;
  // a loop that edges make is named by its header, which at this place has no activation
  const isCycle = loop !== undefined && !run.activations.has(activation);
  const frame: FrameRun = {
    activation,
    node,
    kind: isCycle ? "cycle" : loop ? "loop" : items === undefined ? "lanes" : "items",
    lanes,
    concurrency,
    join,
    started: 0,
    outcomes: [],
    errors: new Map(),
    openScopes: new Set(),
    counts: { running: 0, succeeded: 0, failed: 0, cancelled: 0 },
    ...(Array.isArray(items) ? { items } : {}),
    ...(loop ? { maxIterations: loop.maxIterations } : {}),
    ...(isCycle ? { cycle: { back: { taken: 0, dead: 0 }, exits: new Map(), latest: new Map() } } : {}),
  };
  run.frames.set(activation, frame);
  if (isCycle) {
    run.agenda.starts.delete(activation);
    run.scopes.get(scopeOfActivation(activation))?.open.add(activation);
  }
  attendFrame(run, activation);
}

function openLane(run: Run, event: { activation: string; scope: string }, lane: string, from: 0 | 1): void {
  const { activation, scope } = event;
  const frame = run.frames.get(activation);
  if (!frame) return;
  const index = frame.started + from;
  frame.started += 1;
  frame.counts.running += 1;
  // of a loop only the passes' number is kept: they may be a million
  if (from === 0) frame.outcomes[index] = "running";
  if (frame.cycle) frame.cycle.back = { taken: 0, dead: 0 };
  frame.openScopes.add(scope);
  const body = bodyOfLane(run, frame, lane);
  const place = { id: scope, parent: scopeOfActivation(activation), frame: activation, lane, index };
  if (body) openScope(run, { ...place, body, ...(frame.cycle ? { loop: frame.node } : {}) });
  attendFrame(run, activation);
}

function bodyOfLane({ plan }: Run, { kind, node }: FrameRun, lane: string): PlanBody | undefined {
  if (kind === "cycle") return plan.loops.get(node)?.body;
  return kind === "lanes" ? plan.lanes.get(node)?.get(lane) : bodyOf(plan, node);
}

function laneEnded(run: Run, { activation, scope: id, outcome, error }: EventOf<"frame.lane_ended">): void {
  const frame = run.frames.get(activation);
  const scope = run.scopes.get(id);
  if (!frame || !scope) return;
  frame.counts.running -= 1;
  frame.counts[outcome] += 1;
  if (frame.kind === "lanes" || frame.kind === "items") frame.outcomes[scope.index] = outcome;
  if (error) frame.errors.set(scope.index, error);
  frame.openScopes.delete(id);
  run.scopes.delete(id);
  run.agenda.rest.delete(id);
  run.agenda.closing.delete(id);
  attendFrame(run, activation);
}

function cycleEnded(run: Run, { activation, node, outcome, error }: EventOf<"loop.ended">): void {
  const scope = scopeOfActivation(activation);
  run.agenda.frames.delete(activation);
  if (outcome === "completed") {
    routeExits(run, node, scope);
    settle(run, scope, activation);
    return;
  }
  leave(run, scope, activation);
  if (error) closeScope(run, passAround(run, scope), { outcome: "failed", error });
}
