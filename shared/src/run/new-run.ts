import type { Plan } from "../graph/index.ts";
import type { FrameRun, Run } from "./state.ts";

/** A run of this plan before its first event. */
export function newRun(plan: Plan): Run {
  return {
    plan,
    id: "",
    seq: 0,
    status: "queued",
    workflow: null,
    version: null,
    input: null,
    output: null,
    error: null,
    depth: 0,
    createdAt: null,
    startedAt: null,
    endedAt: null,
    epoch: 0,
    cancelRequested: null,
    working: 0,
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    activations: new Map(),
    scopes: new Map(),
    frames: new Map(),
    arrivals: new Map(),
    edges: new Map(),
    approvals: new Map(),
    questions: new Map(),
    timers: new Map(),
    ends: new Map(),
    agenda: {
      edges: new Map(),
      starts: new Map(),
      skips: new Map(),
      frames: new Set(),
      rest: new Set(),
      closing: new Set(),
      wakes: new Set(),
    },
  };
}

/** A copy that later folds do not reach, for going back to this moment. Cost grows with the run: take few. */
export function snapshotRun(run: Run): Run {
  return {
    ...run,
    activations: new Map(run.activations),
    scopes: new Map([...run.scopes].map(([id, scope]) => [id, { ...scope, open: new Set(scope.open) }])),
    frames: new Map([...run.frames].map(([id, frame]) => [id, copyFrame(frame)])),
    arrivals: new Map([...run.arrivals].map(([id, arrivals]) => [id, { ...arrivals }])),
    edges: new Map(run.edges),
    approvals: new Map(run.approvals),
    questions: new Map(run.questions),
    timers: new Map(run.timers),
    ends: new Map(run.ends),
    agenda: {
      edges: new Map(run.agenda.edges),
      starts: new Map(run.agenda.starts),
      skips: new Map(run.agenda.skips),
      frames: new Set(run.agenda.frames),
      rest: new Set(run.agenda.rest),
      closing: new Set(run.agenda.closing),
      wakes: new Set(run.agenda.wakes),
    },
  };
}

function copyFrame(frame: FrameRun): FrameRun {
  const { cycle } = frame;
  return {
    ...frame,
    outcomes: [...frame.outcomes],
    errors: new Map(frame.errors),
    openScopes: new Set(frame.openScopes),
    counts: { ...frame.counts },
    ...(cycle
      ? { cycle: { back: { ...cycle.back }, exits: new Map(cycle.exits), latest: new Map(cycle.latest) } }
      : {}),
  };
}
