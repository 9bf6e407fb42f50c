import type { Failure } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import type { Assignee } from "@signalbox/shared/nodes";
import type { RunStatus } from "@signalbox/shared/run";

/** Who acts, and in which space: no call that touches a space's things goes without it. */
export interface SpaceContext {
  space: string;
  /** A person's id, or a token's. */
  actor: string;
}

/** An event as it is kept: its body is JSON text that the database never parses. */
export interface StoredEvent {
  seq: number;
  /** The whole event as JSON text, large values by reference. */
  body: string;
}

export interface StoredBlob {
  /** `sha256:` and 64 hex digits. */
  hash: string;
  /** JSON text. */
  text: string;
}

/** What lists show of a run, written in the same transaction as the events that change it. */
export interface RunProjection {
  status: RunStatus;
  lastSeq: number;
  output: Json;
  error: Failure | null;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  startedAt: string | null;
  endedAt: string | null;
  /** When the next timer of the run is due, null without one. */
  nextDue: string | null;
}

export interface ApprovalProjection {
  id: string;
  node: string;
  activation: string;
  status: "pending" | "approved" | "rejected" | "expired" | "cancelled";
  title: string;
  show: Json;
  form: Json;
  body: string | null;
  dueAt: string | null;
  requestedAt: string;
  quorum: number;
  assignees: readonly Assignee[];
  notBy: string | null;
  remindedAt: string | null;
  escalatedAt: string | null;
}

export interface QuestionProjection {
  id: string;
  node: string;
  activation: string;
  status: "pending" | "answered" | "cancelled";
  text: string;
  options: readonly string[];
  askedAt: string;
}

/** Everything that one step of one run makes durable together. */
export interface Append {
  run: string;
  space: string;
  /** The fence: rejected with code `fenced` unless the run's epoch is still this. */
  epoch: number;
  /** Dense, following the last stored one. */
  events: readonly StoredEvent[];
  blobs: readonly StoredBlob[];
  projection: RunProjection;
  approvals: readonly ApprovalProjection[];
  questions: readonly QuestionProjection[];
  /** Inbox entries that these events took in. */
  inboxTaken: readonly string[];
  /** What other runs are to hear of it: a parent of its child's end, a child that it is called off. */
  calls: readonly Call[];
}

export interface Call {
  run: string;
  entry: InboxEntry;
}

/** Requests to a run from outside; its owner folds them in. */
export type InboxEntry =
  | { kind: "cancel"; by: string }
  | {
      kind: "vote";
      approval: string;
      decision: "approve" | "reject";
      by: string;
      comment?: string;
      values?: Json;
      /** Set on the vote that settles it. */
      decided?: "approved" | "rejected";
    }
  | {
      kind: "child";
      activation: string;
      child: string;
      status: "running" | "waiting" | "completed" | "failed" | "cancelled";
      output?: Json;
      error?: Failure;
    }
  | { kind: "answer"; question: string; answer: Json; by: string }
  | { kind: "signal"; signal: string; activation: string; name: string; payload: Json }
  | { kind: "resolve"; activation: string; decision: "retry" | "done" | "fail"; output?: Json; by: string };

export interface StoredInboxEntry {
  id: string;
  entry: InboxEntry;
}

export interface RunRow {
  id: string;
  space: string;
  workflow: string | null;
  version: number | "draft" | null;
  status: RunStatus;
  input: Json;
  output: Json;
  error: Failure | null;
  usage: { inputTokens: number; outputTokens: number; costUsd: number | null; ms: number };
  lastSeq: number;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  epoch: number;
  /** Of the run of a subflow node: whose it is, and the first of them all. */
  parent: string | null;
  root: string | null;
}

export interface NewRun {
  id: string;
  parent?: string;
  root?: string;
  workflow: string | null;
  version: number | "draft" | null;
  graph: Graph;
  input: Json;
  idempotencyKey?: string;
  createdAt: string;
  /** `run.created`, seq 1. */
  events: readonly StoredEvent[];
  blobs: readonly StoredBlob[];
}

/** A caller's word that this start is one and the same, however often it is sent. */
interface RunKey {
  workflow: string;
  idempotencyKey: string;
  /** What was given this time, where something was. */
  input: Json | undefined;
}

interface UnfinishedRun {
  run: string;
  status: RunStatus;
  nextDue: string | null;
  /** Whether its inbox holds something. */
  isCalled: boolean;
}

/** The epoch of whoever creates a run, and so is its first owner. */
export const firstEpoch = 1;

/** The part of the store that the runner and the watchers need. Both databases pass one suite. */
export interface RunStore {
  /** The creator holds it, in `firstEpoch`. With an idempotency key that is known: the run of then, `created: false`; another input: `idempotency_conflict`. */
  createRun: (context: SpaceContext, run: NewRun) => Promise<{ run: RunRow; created: boolean }>;
  /** The run that this key of this workflow has started, if it has; another input: `idempotency_conflict`. */
  runOfKey: (context: SpaceContext, key: RunKey) => Promise<RunRow | undefined>;
  /** Takes a run for this engine: epoch + 1. Throws `not_found`. */
  claimRun: (run: string) => Promise<{ epoch: number; space: string; lastSeq: number }>;
  /** All in one transaction. An append that is fenced off is answered so; the others of the batch still land. */
  append: (batch: readonly Append[]) => Promise<readonly ("stored" | "fenced")[]>;
  graphOfRun: (run: string) => Promise<Graph>;
  /** Events with seq > after, in order. */
  readEvents: (run: string, after: number, limit: number) => Promise<StoredEvent[]>;
  readBlobs: (space: string, hashes: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  addToInbox: (run: string, entry: InboxEntry) => Promise<string>;
  readInbox: (run: string) => Promise<StoredInboxEntry[]>;
  /** Runs that have not ended, to be gone on with after a start, oldest first. */
  unfinishedRuns: () => Promise<UnfinishedRun[]>;
  /** Whether an error of this store means that it will never take what it was given. */
  isRefusal: (error: unknown) => boolean;
}
