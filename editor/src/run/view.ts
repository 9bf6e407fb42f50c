import type { RunEvent } from "@signalbox/shared/events";
import type { GraphEdge, Plan } from "@signalbox/shared/graph";
import type { Activation, ActivationStatus, ApprovalRun, QuestionRun, Run } from "@signalbox/shared/run";
import type { TextPiece } from "../live/socket.ts";
import { type Bells, createBells, createViews } from "./bells.ts";
import { idleView, type NodeRunView, viewNode } from "./node-view.ts";
import { createPasses, type FrameRunView, laneFrom } from "./passes.ts";
import type { Timeline } from "./timeline.ts";

/** What an edge has carried, and whether it carries something now. */
export interface EdgeRunView {
  taken: number;
  dead: number;
  active: boolean;
}

/** The run as a whole, as far as the screen shows it. */
export interface RunSummaryView
  extends Pick<
    Run,
    "id" | "seq" | "status" | "input" | "output" | "error" | "usage" | "createdAt" | "startedAt" | "endedAt"
  > {
  /** The newest event known. */
  lastSeq: number;
  mode: "live" | "replay";
  /** What people are asked right now, oldest first. */
  approvals: readonly ApprovalRun[];
  questions: readonly QuestionRun[];
}

const idleEdge: EdgeRunView = { taken: 0, dead: 0, active: false };
const nothing: readonly string[] = [];
const silence: ReadonlyMap<string, string> = new Map();
const ended: ReadonlySet<ActivationStatus> = new Set(["succeeded", "failed", "skipped", "cancelled", "reused"]);

/**
 * The run on the canvas. Nodes and edges each hear only of what concerns them, once a frame: a run's events never pass
 * through the document. What is shown is the newest moment (live) or any other (replay); both are the same fold.
 */
export interface RunView {
  subscribe: Bells["subscribe"];
  open: (run: string, timeline: Timeline) => void;
  close: () => void;
  receive: (events: readonly RunEvent[]) => void;
  receiveText: (piece: TextPiece) => void;
  /** Shows the run as of `seq` and stays there. */
  seek: (seq: number) => void;
  /** Shows the newest moment, and goes along with it. */
  followLive: () => void;
  node: (id: string) => NodeRunView;
  edge: (id: string) => EdgeRunView;
  /** A frame, or with `loopKey` the loop that edges lead around from a header; undefined while it has not begun. */
  frame: (key: string) => FrameRunView | undefined;
  /** Looks at one lane, item or pass of a frame: its nodes then show what they did there. Undefined: at all again. */
  choose: (key: string, lane: string | undefined) => void;
  /** Goes on (or back) by passes or items of the innermost frame around a node; answers whether there is one. */
  stepPass: (node: string, by: number) => boolean;
  summary: () => RunSummaryView | undefined;
  events: () => readonly RunEvent[];
  /** The run shown now. */
  shown: () => Run | undefined;
}

/** `later` runs its argument once, soon: a frame of the screen. */
export function createRunView(later: (flush: () => void) => void): RunView {
  const { subscribe, mark } = createBells(later);
  const nodeViews = createViews<NodeRunView>("node", mark);
  const edgeViews = createViews<EdgeRunView>("edge", mark);
  const frameViews = createViews<FrameRunView | undefined>("frame", mark);
  const passes = createPasses();
  const activationsOf = new Map<string, string[]>();
  const known = new Set<string>();
  const texts = new Map<string, string>();
  let plan: Plan | undefined;
  let edges = new Map<string, GraphEdge>();
  let timeline: Timeline | undefined;
  let shown: Run | undefined;
  let mode: "live" | "replay" = "live";
  let summary: RunSummaryView | undefined;
  let log: readonly RunEvent[] = [];

  function markNode(id: string): void {
    nodeViews.drop(id);
    for (const edge of plan?.nodes.get(id)?.incoming ?? []) edgeViews.drop(edge.id);
  }

  function markRun(): void {
    summary = undefined;
    mark("run");
  }

  function markAll(): void {
    for (const id of plan?.nodes.keys() ?? []) markNode(id);
    for (const { id } of plan?.graph.edges ?? []) edgeViews.drop(id);
    for (const key of passes.keys()) frameViews.drop(key);
    markRun();
  }

  /** Which nodes look different for this event: its own, and the agents that wait for what it is about. */
  function markEvent(event: RunEvent): void {
    if (event.type === "edge.taken" || event.type === "edge.dead") edgeViews.drop(event.edge);
    if (!("activation" in event)) return;
    markNode(event.node);
    for (let by = shown?.activations.get(event.activation)?.by; by !== undefined; ) {
      const caller = shown?.activations.get(by);
      if (caller) markNode(caller.node);
      by = caller?.by;
    }
  }

  function index(event: RunEvent): void {
    if (!("activation" in event) || known.has(event.activation)) return;
    known.add(event.activation);
    const ids = activationsOf.get(event.node);
    if (ids) ids.push(event.activation);
    else activationsOf.set(event.node, [event.activation]);
  }

  function reset(): void {
    for (const map of [nodeViews, edgeViews, frameViews, activationsOf, texts]) map.clear();
    known.clear();
    log = [];
    mode = "live";
  }

  function receive(events: readonly RunEvent[]): void {
    if (!timeline) return;
    const fresh = timeline.append(events);
    if (fresh.length === 0) return;
    log = [...timeline.events];
    for (const event of fresh) {
      index(event);
      const frame = passes.note(timeline.head, event);
      if (frame !== undefined && mode === "live") frameViews.drop(frame);
      if (event.type === "model.responded" || event.type === "node.started") texts.delete(event.activation);
      if (mode === "live") markEvent(event);
    }
    mark("log");
    markRun();
  }

  function receiveText({ activation, text, offset }: TextPiece): void {
    const node = timeline?.head.activations.get(activation)?.node;
    if (node === undefined) return;
    texts.set(activation, (texts.get(activation) ?? "").slice(0, offset) + text);
    if (mode === "live") markNode(node);
  }

  function seek(seq: number): void {
    if (!timeline) return;
    const before = shown;
    const beforeNodes = new Map(before?.activations);
    const beforeEdges = new Map(before?.edges);
    shown = timeline.at(seq, before);
    // only what differs between the two moments is drawn again
    const changed = nodesBetween(beforeNodes, shown.activations);
    if (mode === "live") for (const id of texts.keys()) changed.add(beforeNodes.get(id)?.node ?? "");
    mode = "replay";
    for (const id of changed) markNode(id);
    for (const id of edgesBetween(beforeEdges, shown.edges)) edgeViews.drop(id);
    for (const key of passes.keys()) frameViews.drop(key);
    markRun();
  }

  function choose(key: string, lane: string | undefined): void {
    if (!shown || !plan) return;
    const changed = passes.choose(shown, key, lane);
    for (const id of changed.nodes) {
      markNode(id);
      for (const { id: edge } of plan.nodes.get(id)?.outgoing ?? []) edgeViews.drop(edge);
    }
    for (const frame of changed.keys) frameViews.drop(frame);
    mark("run");
  }

  function viewEdge(id: string): EdgeRunView {
    const edge = edges.get(id);
    // where one pass is looked at, what was carried in it
    const isNarrowed = edge !== undefined && passes.isNarrowed(edge.source);
    const counts = isNarrowed ? carriedFrom(view.node(edge.source), edge.sourceHandle) : shown?.edges.get(id);
    if (!counts) return idleEdge;
    const target = plan?.edgeTargets.get(id)?.id;
    const status = target === undefined ? "idle" : view.node(target).status;
    return { ...counts, active: counts.taken > 0 && (status === "running" || status === "streaming") };
  }

  const view: RunView = {
    subscribe,
    open: (run, opened) => {
      markAll();
      reset();
      timeline = opened;
      plan = timeline.head.plan;
      edges = new Map(plan.graph.edges.map((edge) => [edge.id, edge]));
      passes.reset(plan);
      timeline.head.id = run;
      shown = timeline.head;
      markAll();
      mark("log");
    },
    close: () => {
      markAll();
      reset();
      plan = undefined;
      passes.reset(undefined);
      timeline = undefined;
      shown = undefined;
      mark("log");
    },
    receive,
    receiveText,
    seek,
    followLive: () => {
      if (!timeline) return;
      mode = "live";
      shown = timeline.head;
      markAll();
    },
    node: (id) =>
      nodeViews.get(id, () => {
        const ids = passes.seen(activationsOf.get(id) ?? nothing);
        const run = shown;
        return run ? viewNode(run, ids, mode === "live" ? texts : silence, (all) => passes.newest(run, all)) : idleView;
      }),
    edge: (id) => edgeViews.get(id, () => viewEdge(id)),
    frame: (key) => frameViews.get(key, () => shown && passes.frame(shown, key)),
    choose,
    stepPass: (node, by) => {
      const key = shown && passes.countedAround(shown, node);
      const at = key === undefined ? undefined : view.frame(key);
      if (key !== undefined && at) choose(key, laneFrom(at, by));
      return at !== undefined;
    },
    summary: () => {
      if (shown && timeline) summary ??= summaryOf(shown, timeline.head.seq, mode);
      return summary;
    },
    events: () => log,
    shown: () => shown,
  };
  return view;
}

function summaryOf(run: Run, lastSeq: number, mode: "live" | "replay"): RunSummaryView {
  const { id, seq, status, input, output, error, usage, createdAt, startedAt, endedAt } = run;
  const approvals = [...run.approvals.values()].filter((one) => one.status === "pending");
  const questions = [...run.questions.values()].filter((one) => one.status === "pending");
  const about = { id, seq, status, input, output, error, usage, createdAt, startedAt, endedAt };
  return { ...about, lastSeq, mode, approvals, questions };
}

/** What a node has sent on by one of its ways out: it says itself by which it went on. */
function carriedFrom({ activations }: NodeRunView, handle: string): { taken: number; dead: number } {
  const taken = activations.filter(({ handles }) => handles.includes(handle)).length;
  const dead = activations.filter(({ handles, status }) => ended.has(status) && !handles.includes(handle)).length;
  return { taken, dead };
}

function edgesBetween(before: Run["edges"], after: Run["edges"]): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id));
}

/** Nodes whose activations differ between two moments. */
function nodesBetween(before: ReadonlyMap<string, Activation>, after: ReadonlyMap<string, Activation>): Set<string> {
  const changed = new Set<string>();
  for (const [id, one] of before) if (after.get(id) !== one) changed.add(one.node);
  for (const [id, { node }] of after) if (!before.has(id)) changed.add(node);
  return changed;
}
