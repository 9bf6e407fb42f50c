import * as z from "zod";
import { Json, JsonObject } from "../json/index.ts";
import { ModelResponse, ToolCall } from "../models/index.ts";
import { Assignee, LaneJoin } from "../nodes/index.ts";
import { BlobRef } from "./blob.ts";

/** What went wrong, for people and for programs. */
export const Failure = z.object({ code: z.string(), message: z.string(), node: z.string().optional() });
export type Failure = z.infer<typeof Failure>;

/** Large text stands as a reference. */
const Text = z.union([z.string(), BlobRef]);
const about = { node: z.string(), activation: z.string() };
const attempt = z.int().min(1);
const person = z.string();

function fact<const Type extends string, Body extends z.ZodRawShape>(type: Type, body: Body) {
  return z.object({ type: z.literal(type), ...body });
}

/** What a call cost, where the price is known. */
const costUsd = z.number().nullable();

/** `due`: what a node waits for; `expiry`: until when it does; `remind`: when people are asked again. */
export const TimerPurpose = z.enum(["retry", "timeout", "due", "expiry", "remind"]);
export type TimerPurpose = z.infer<typeof TimerPurpose>;

const runFacts = [
  fact("run.created", {
    workflow: z.string().nullable(),
    version: z.union([z.int(), z.literal("draft")]).nullable(),
    input: Json,
    by: person.optional(),
    /** The run whose subflow this is and where in it, the first of them all, and how many lie above it. */
    parent: z.string().optional(),
    parentActivation: z.string().optional(),
    root: z.string().optional(),
    depth: z.int().min(1).optional(),
  }),
  fact("run.started", {}),
  /** An engine took the run; `epoch` grows by one each time, and what an earlier one still writes is refused. */
  fact("run.claimed", { epoch: z.int(), engine: z.string() }),
  fact("run.released", { epoch: z.int() }),
  /** Nothing works; people or the clock must act. */
  fact("run.waiting", {}),
  fact("run.resumed", {}),
  fact("run.cancel_requested", { by: person.optional() }),
  fact("run.completed", { output: Json }),
  fact("run.failed", { error: Failure }),
  /** `unknown`: calls that had left when they were cut off, so that nobody knows whether they took effect. */
  fact("run.cancelled", { by: person.optional(), unknown: z.array(z.object({ ...about, tool: z.string() })) }),
] as const;

const nodeFacts = [
  /**
   * `by` is the activation of the agent that called it. `input` is what it works on, expressions filled in. `waits`: for
   * people, the clock or a signal; nothing works here meanwhile.
   */
  fact("node.started", {
    ...about,
    attempt,
    input: Json.optional(),
    by: z.string().optional(),
    waits: z.literal(true).optional(),
  }),
  /** `terminates`: this end ends the whole run with its output. */
  fact("node.completed", {
    ...about,
    attempt,
    handles: z.array(z.string()),
    output: Json,
    terminates: z.boolean().optional(),
  }),
  /** `handles` holds `error` or `budget` where that way is wired and taken; else the failure goes to the frame or the run. */
  fact("node.failed", { ...about, attempt, error: Failure, handles: z.array(z.string()) }),
  fact("node.retrying", { ...about, attempt, error: Failure, due: z.string() }),
  fact("node.skipped", about),
  fact("node.cancelled", about),
  /** It has begun, and goes on when people have acted; nothing works here meanwhile. */
  fact("node.waiting", about),
  fact("node.in_doubt", { ...about, attempt, call: z.string(), tool: z.string() }),
  fact("node.resolved", {
    ...about,
    call: z.string(),
    decision: z.enum(["retry", "done", "fail"]),
    output: Json.optional(),
    by: person.optional(),
  }),
  /** Came after what waited for it had ended; it changes nothing. */
  fact("node.late", { ...about, output: Json.optional(), error: Failure.optional() }),
  fact("edge.taken", { edge: z.string(), scope: z.string() }),
  fact("edge.dead", { edge: z.string(), scope: z.string() }),
] as const;

const frameFacts = [
  /** `lanes` are names, or "0", "1" … for each of `items`; none where a loop makes one pass after another. */
  fact("frame.started", {
    ...about,
    lanes: z.array(z.string()),
    items: Json.optional(),
    concurrency: z.int().min(1),
    join: LaneJoin,
    loop: z.object({ maxIterations: z.int().min(1) }).optional(),
  }),
  fact("frame.lane_started", { ...about, lane: z.string(), scope: z.string() }),
  fact("frame.lane_ended", {
    ...about,
    lane: z.string(),
    scope: z.string(),
    outcome: z.enum(["succeeded", "failed", "cancelled"]),
    error: Failure.optional(),
  }),
  /** A pass of a loop has begun. */
  fact("loop.iterated", { ...about, iteration: z.int().min(1), scope: z.string() }),
  /** A loop that edges make has come to rest; it is named by its header and has no activation of its own. */
  fact("loop.ended", {
    ...about,
    iterations: z.int().min(0),
    outcome: z.enum(["completed", "failed", "cancelled"]),
    error: Failure.optional(),
  }),
] as const;

const subflowFacts = [
  /** The intent: the child run `child` is made after this is durable. */
  fact("subflow.started", {
    ...about,
    attempt,
    child: z.string(),
    workflow: z.string(),
    version: z.union([z.int(), z.literal("draft")]),
  }),
  /** The child waits for people or the clock. */
  fact("subflow.waiting", { ...about, child: z.string() }),
  fact("subflow.resumed", { ...about, child: z.string() }),
  fact("subflow.ended", {
    ...about,
    child: z.string(),
    status: z.enum(["completed", "failed", "cancelled"]),
    output: Json.optional(),
    error: Failure.optional(),
  }),
] as const;

const callFacts = [
  fact("model.called", {
    ...about,
    attempt,
    call: z.int().min(1),
    connection: z.string(),
    model: z.string(),
    offered: z.array(z.string()),
  }),
  fact("model.responded", {
    ...about,
    call: z.int().min(1),
    ...ModelResponse.shape,
    text: Text,
    reasoning: Text.optional(),
    toolCalls: z.union([z.array(ToolCall), BlobRef]),
    native: z.union([z.object({ provider: z.string(), content: Json }), BlobRef]).optional(),
    costUsd,
    ms: z.number(),
  }),
  /** The intent: durable before anything leaves. `key` is the same for every attempt of this call. */
  fact("tool.called", { ...about, call: z.string(), key: z.string(), tool: z.string(), arguments: Json }),
  fact("tool.returned", {
    ...about,
    call: z.string(),
    result: Json.optional(),
    error: Failure.optional(),
    ms: z.number(),
  }),
  fact("tool.refused", { ...about, call: z.string(), tool: z.string(), reason: z.string(), rule: z.string() }),
  fact("budget.exceeded", { ...about, budget: z.string(), limit: z.number(), used: z.number() }),
] as const;

const peopleFacts = [
  fact("approval.requested", {
    ...about,
    approval: z.string(),
    title: z.string(),
    body: Text.optional(),
    show: Json.optional(),
    form: JsonObject.optional(),
    dueAt: z.string().optional(),
    quorum: z.int().min(1),
    /** Who may decide; anyone in the space where none are named. */
    assignees: z.array(Assignee).optional(),
    /** Who started the run, where that one may not decide. */
    notBy: person.optional(),
    /** Of one call of a tool: what would be called, and what binds the answer to just that. */
    call: z.object({ tool: z.string(), arguments: Json, digest: z.string() }).optional(),
  }),
  fact("approval.voted", {
    ...about,
    approval: z.string(),
    decision: z.enum(["approve", "reject"]),
    by: person,
    comment: z.string().optional(),
    values: Json.optional(),
  }),
  fact("approval.decided", {
    ...about,
    approval: z.string(),
    decision: z.enum(["approved", "rejected"]),
    by: person,
    comment: z.string().optional(),
    values: Json.optional(),
  }),
  fact("approval.expired", { ...about, approval: z.string() }),
  /** Nobody has answered for a while. */
  fact("approval.reminded", { ...about, approval: z.string() }),
  /** Nobody has answered in time: others are asked, and have until `dueAt`. */
  fact("approval.escalated", {
    ...about,
    approval: z.string(),
    assignees: z.array(Assignee),
    dueAt: z.string(),
  }),
  /** An agent asks people something; it goes on with the answer. */
  fact("question.asked", {
    ...about,
    question: z.string(),
    text: z.string(),
    options: z.array(z.string()).optional(),
  }),
  fact("question.answered", { ...about, question: z.string(), answer: Json, by: person }),
  fact("timer.set", { ...about, timer: z.string(), purpose: TimerPurpose, due: z.string() }),
  fact("timer.fired", { ...about, timer: z.string() }),
  /** A signal from outside was given to a node that waited for it. */
  fact("signal.received", { ...about, signal: z.string(), name: z.string(), payload: Json }),
] as const;

/** What happens in a run, as facts in order: named noun.past-verb; a shipped fact is never renamed. */
export const RunFact = z.discriminatedUnion("type", [
  ...runFacts,
  ...nodeFacts,
  ...frameFacts,
  ...subflowFacts,
  ...callFacts,
  ...peopleFacts,
]);
export type RunFact = z.infer<typeof RunFact>;
export type RunFactType = RunFact["type"];
export type FactOf<Type extends RunFactType> = Extract<RunFact, { type: Type }>;

const place = {
  run: z.string(),
  /** From 1, without gaps. */
  seq: z.int().min(1),
  /** When the engine's clock said it happened, ISO 8601 in UTC. */
  at: z.string(),
};

/** A fact with its place in the log. */
export const RunEvent = z.intersection(z.object(place), RunFact).meta({ title: "Signalbox run event, version 1" });
export type RunEvent = z.infer<typeof RunEvent>;
export type EventOf<Type extends RunFactType> = Extract<RunEvent, { type: Type }>;

/** Whether this is the last event of its run. */
export function endsRun({ type }: { type: RunFactType }): boolean {
  return type === "run.completed" || type === "run.failed" || type === "run.cancelled";
}
