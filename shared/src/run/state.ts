import type { BlobRef, EventOf, Failure, TimerPurpose } from "../events/index.ts";
import type { Plan } from "../graph/index.ts";
import type { Json } from "../json/index.ts";
import type { Assignee, LaneJoin } from "../nodes/index.ts";

export type RunStatus = "queued" | "running" | "waiting" | "completed" | "failed" | "cancelled";

export type ActivationStatus =
  | "queued"
  | "running"
  | "streaming"
  | "waiting"
  | "retrying"
  | "in_doubt"
  | "succeeded"
  | "failed"
  | "skipped"
  | "cancelled"
  | "reused";

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  /** Null where a call of unknown price is part of it. */
  costUsd: number | null;
}

/** One call of a model within an activation; `response` is there once it has answered. */
export interface ModelCall {
  call: number;
  attempt: number;
  connection: string;
  model: string;
  startedAt: string;
  response?: EventOf<"model.responded">;
}

/** One call of a tool: its intent, and its result once there is one. */
export interface ToolRun {
  call: string;
  key: string;
  tool: string;
  arguments: Json;
  startedAt: string;
  endedAt?: string;
  result?: Json;
  error?: Failure;
  /** A person's word on a call in doubt. */
  resolved?: "retry" | "done" | "fail";
}

/** The run that a subflow node has made. */
export interface ChildRun {
  run: string;
  workflow: string;
  version: number | "draft";
  attempt: number;
  status: "running" | "waiting" | "completed" | "failed" | "cancelled";
  output?: Json;
  error?: Failure;
}

/** One execution of one node. Never changed: a new fact makes a new one in its place. */
export interface Activation {
  id: string;
  node: string;
  scope: string;
  /** The activation of the agent that called it. */
  by?: string;
  status: ActivationStatus;
  attempt: number;
  startedAt?: string;
  endedAt?: string;
  input?: Json;
  output?: Json;
  error?: Failure;
  /** The ways out that were taken. */
  handles: readonly string[];
  models: readonly ModelCall[];
  tools: readonly ToolRun[];
  /** What it called, by activation, in order. */
  calls: readonly string[];
  usage: Usage;
  approval?: string;
  /** What it has asked people, in order. */
  questions?: readonly string[];
  /** What a signal brought to the node that waited for it. */
  signal?: Json;
  child?: ChildRun;
  /** While retrying: when the next attempt is due. */
  retryDue?: string;
  lastError?: Failure;
}

export type LaneOutcome = "running" | "succeeded" | "failed" | "cancelled";

/** A frame at work: which of its lanes (or passes) have started and how they ended. */
export interface FrameRun {
  activation: string;
  node: string;
  /** Parts of the drawing, items of a list, passes of a loop node, passes of a loop that edges make. */
  kind: "lanes" | "items" | "loop" | "cycle";
  /** In the order of their start; none of a loop, whose passes nobody knows beforehand. */
  lanes: readonly string[];
  /** What the lanes work on; absent where the log holds it by reference. */
  items?: readonly Json[];
  concurrency: number;
  join: LaneJoin;
  maxIterations?: number;
  /** Its time is up: what works is called off, and it fails. */
  timedOut?: true;
  /** How many lanes have been started; they start in order. */
  started: number;
  outcomes: (LaneOutcome | undefined)[];
  errors: Map<number, Failure>;
  /** Scopes of the lanes that run. */
  openScopes: Set<string>;
  counts: { running: number; succeeded: number; failed: number; cancelled: number };
  /** Of a loop that edges make. */
  cycle?: CycleRun;
}

/** What a loop without a border hands on. */
export interface CycleRun {
  /** How the edges back to the header came out in this pass. */
  back: Arrivals;
  /** Edges that leave it: whether one was taken in any pass. */
  exits: Map<string, boolean>;
  /** The newest activation of each node that has given something, for those after the loop. */
  latest: Map<string, string>;
}

/** One place where a body runs: the root (""), a lane, one item of a list. */
export interface Scope {
  id: string;
  parent: string | null;
  /** The frame's activation, null at the root. */
  frame: string | null;
  lane: string;
  /** Of the lane or item from 0; of a pass from 1. */
  index: number;
  /** The header of the loop whose pass this is, where edges make the loop. */
  loop?: string;
  /** Nodes of the body that have not ended or been skipped. */
  unsettled: number;
  /** Set once no more may start here; how it will end when all that works has been called off. */
  closing?: Closing;
  /** Activations that have started here and not ended. */
  open: Set<string>;
}

export type Closing =
  | { outcome: "failed"; error: Failure }
  | { outcome: "cancelled" }
  | { outcome: "completed"; output: Json };

/** How far a join has come. */
export interface Arrivals {
  taken: number;
  dead: number;
}

export interface ApprovalRun {
  id: string;
  node: string;
  activation: string;
  status: "pending" | "approved" | "rejected" | "expired" | "cancelled";
  title: string;
  body?: string | BlobRef;
  show?: Json;
  form?: Json;
  dueAt?: string;
  quorum: number;
  /** Who may decide; anyone in the space where none are named. */
  assignees?: readonly Assignee[];
  /** Who may not, having started the run. */
  notBy?: string;
  remindedAt?: string;
  /** When it went to others. */
  escalatedAt?: string;
  /** Of one call of a tool. */
  call?: { tool: string; arguments: Json; digest: string };
  requestedAt: string;
  votes: readonly { by: string; decision: "approve" | "reject"; comment?: string; values?: Json }[];
}

/** What an agent has asked people. */
export interface QuestionRun {
  id: string;
  node: string;
  activation: string;
  status: "pending" | "answered" | "cancelled";
  text: string;
  options?: readonly string[];
  askedAt: string;
  answer?: Json;
  by?: string;
}

export interface Timer {
  id: string;
  activation: string;
  node: string;
  purpose: TimerPurpose;
  due: string;
  fired: boolean;
}

/** What an edge has carried, for the picture. */
export interface EdgeRun {
  taken: number;
  dead: number;
}

/** What has been decided by the facts so far and waits for its own event. Kept so that deciding never looks at the whole run. */
interface Agenda {
  /** Edges to be marked, by edge and scope. */
  edges: Map<string, { edge: string; scope: string; taken: boolean }>;
  /** Nodes whose join has opened, by activation. */
  starts: Map<string, { node: string; scope: string }>;
  /** Nodes whose join can no longer open. */
  skips: Map<string, { node: string; scope: string }>;
  /** Frames whose lanes or outcome must be looked at. */
  frames: Set<string>;
  /** Scopes in which nothing is left to do. */
  rest: Set<string>;
  /** Scopes that are being called off and in which something still works. */
  closing: Set<string>;
  /** Activations whose timer, approval or resolution has come. */
  wakes: Set<string>;
}

/**
 * A run as of `seq`: the fold of its events over its plan. The maps are owned by whoever folds and change in place
 * (a fold's cost must not grow with the run); the records in them never do.
 */
export interface Run {
  readonly plan: Plan;
  id: string;
  seq: number;
  status: RunStatus;
  workflow: string | null;
  version: number | "draft" | null;
  input: Json;
  output: Json;
  error: Failure | null;
  by?: string;
  parent?: string;
  /** The activation in the parent that waits for it. */
  parentActivation?: string;
  root?: string;
  /** How many runs lie above it; 0 of a run that nobody's subflow node made. */
  depth: number;
  createdAt: string | null;
  startedAt: string | null;
  endedAt: string | null;
  epoch: number;
  cancelRequested: { by?: string } | null;
  /** Activations that work right now, frames not counted; at 0 the run waits for people or the clock. */
  working: number;
  usage: Usage;
  activations: Map<string, Activation>;
  scopes: Map<string, Scope>;
  frames: Map<string, FrameRun>;
  arrivals: Map<string, Arrivals>;
  edges: Map<string, EdgeRun>;
  approvals: Map<string, ApprovalRun>;
  questions: Map<string, QuestionRun>;
  timers: Map<string, Timer>;
  /** Values of the end nodes reached at the root, by node. */
  ends: Map<string, Json>;
  agenda: Agenda;
}
