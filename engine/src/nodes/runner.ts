import type { RunFact } from "@signalbox/shared/events";
import type { Graph, Plan } from "@signalbox/shared/graph";
import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";
import type { LaneJoin, NodeOf, NodeTypeName } from "@signalbox/shared/nodes";
import type { Activation, ApprovalRun, QuestionRun } from "@signalbox/shared/run";
import type { Clock } from "../clock.ts";
import type { ModelCatalog } from "../models/catalog.ts";
import type { OpenCredential } from "../store/credentials.ts";
import type { Tool } from "../tools/tool.ts";

/** What expressions in a node may name, looked up when they are filled in. Throws SignalboxError("expression_failed"). */
export interface Values {
  expression: (source: string) => Json;
  template: (source: string) => Json;
  /** Fills in every string inside a value. */
  deep: (value: Json) => Json;
}

/** How a node ended well. */
export interface Done {
  /** The ways out that are taken. */
  handles: readonly string[];
  output: Json;
  terminates?: boolean;
}

/** Ends in the moment it starts: a function of values, nothing more. */
interface InstantRunner<Type extends NodeTypeName> {
  kind: "instant";
  run: (node: NodeOf<Type>, values: Values) => Done;
}

/** Opens lanes. */
interface FrameRunner<Type extends NodeTypeName> {
  kind: "frame";
  open: (
    node: NodeOf<Type>,
    values: Values,
    lanes: readonly string[],
  ) => { lanes: readonly string[]; items?: Json[]; concurrency: number; join: LaneJoin };
}

/** Makes one pass after another. */
interface LoopRunner<Type extends NodeTypeName> {
  kind: "loop";
  open: (node: NodeOf<Type>) => { maxIterations: number };
  /** After each pass, with its outputs in reach: whether it was the last. */
  isDone: (node: NodeOf<Type>, values: Values) => boolean;
}

interface WaitContext {
  run: string;
  activation: string;
  /** Who started the run, where that is known. */
  by: string | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

/** Waits for people or the clock: says what it asks for when it starts, and how it ends when the answer is there. */
interface WaitRunner<Type extends NodeTypeName> {
  kind: "wait";
  /** Whether `timeout` is a way out of it, and not a failure. */
  ownTimeout?: true;
  /** What it waits for, expressions filled in; kept in the log. */
  input?: (node: NodeOf<Type>, values: Values) => Json;
  open: (node: NodeOf<Type>, values: Values, context: WaitContext) => readonly RunFact[];
  /** After a vote, a decision or a timer: facts to add, the end, or nothing yet. */
  wake: (node: NodeOf<Type>, wait: WaitState) => { facts: readonly RunFact[] } | Done | undefined;
  /** The signal that would end the wait, from what it was found to wait for. */
  listens?: (input: Json) => Listening | undefined;
}

/** A signal that a node waits for; a transient wait takes only what comes while it waits. */
export interface Listening {
  name: string;
  correlation: string;
  transient: boolean;
}

export interface WaitState {
  activation: Activation;
  approval:
    | { id: string; status: string; votes: readonly Vote[]; remindedAt?: string; escalatedAt?: string }
    | undefined;
  /** Which of its timers have fired, the earlier first. */
  fired: readonly ("due" | "expiry" | "remind")[];
  /** Milliseconds since 1970. */
  now: number;
}

export interface Vote {
  by: string;
  decision: "approve" | "reject";
  comment?: string;
  values?: Json;
}

/** How a node looks to an agent that may call it. */
export interface Callable<Type extends NodeTypeName> {
  offer: (node: NodeOf<Type>, tools: ReadonlyMap<string, Tool>) => { description: string; input: JsonSchema };
  /** What the node works on when an agent calls it with these arguments. */
  input: (node: NodeOf<Type>, values: Values, args: JsonObject) => Json;
}

/** Works for a while: calls models and tools. */
export interface WorkRunner<Type extends NodeTypeName> {
  kind: "work";
  /** What it works on in the flow, expressions filled in; kept in the log. */
  input: (node: NodeOf<Type>, values: Values) => Json;
  callable?: Callable<Type>;
  /**
   * Goes on from whatever the log already holds of this activation. "suspended": a person must act first.
   * "delegated": another run works on it, and its end calls this again.
   */
  work: (node: NodeOf<Type>, context: WorkContext) => Promise<Done | "suspended" | "delegated">;
}

/** A workflow that a node names, as it is to be run. */
export interface FoundWorkflow {
  id: string;
  key: string;
  version: number | "draft";
  graph: Graph;
}

/** The runs that a run makes. */
export interface Children {
  /** By key; without a version the published one, or the draft where there is none. Throws `workflow_unknown`, `graph_invalid`. */
  find: (wanted: { workflow: string; version: number | "draft" | undefined }) => Promise<FoundWorkflow>;
  /** Makes the run once, however often it is asked. Throws `subflow_too_deep`. */
  start: (workflow: FoundWorkflow, child: { id: string; activation: string; input: Json }) => Promise<void>;
}

/** What a working node is given. Everything it learns goes through `record` and so into the log. */
export interface WorkContext {
  run: string;
  node: string;
  activation: string;
  scope: string;
  attempt: number;
  input: Json;
  plan: Plan;
  /** The activation as it stands, or another one's of this run. */
  known: (activation: string) => Activation | undefined;
  approval: (id: string) => ApprovalRun | undefined;
  question: (id: string) => QuestionRun | undefined;
  /** What names stand for in this activation's scope; `locals` come first. */
  values: (locals?: Readonly<Record<string, Json>>) => Values;
  /** Adds facts; settles when they are durable. Rejects when this activation has been called off. */
  record: (facts: readonly RunFact[]) => Promise<void>;
  /** Text as it comes; not durable. */
  stream: (call: string, text: string) => void;
  signal: AbortSignal;
  clock: Clock;
  models: ModelCatalog;
  tools: ReadonlyMap<string, Tool>;
  children: Children;
  /** The secrets of this run's space, for whoever sends them. */
  credentials: { open: (id: string) => Promise<OpenCredential> };
  /** The runner of another node, for an agent that may call it. */
  runnerOf: (node: NodeOf<NodeTypeName>) => Runner<NodeTypeName> | undefined;
}

export type Runner<Type extends NodeTypeName> =
  | InstantRunner<Type>
  | FrameRunner<Type>
  | LoopRunner<Type>
  | WaitRunner<Type>
  | WorkRunner<Type>;
