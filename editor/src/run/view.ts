import type { RunEvent } from "@signalbox/shared/events";
import { type Graph, type Plan, planGraph } from "@signalbox/shared/graph";
import type { ApprovalRun, Run } from "@signalbox/shared/run";
import type { TextPiece } from "../live/socket.ts";
import { type Bells, createBells } from "./bells.ts";
import { idleView, type NodeRunView, viewNode } from "./node-view.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

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
}

const idleEdge: EdgeRunView = { taken: 0, dead: 0, active: false };
const nothing: readonly string[] = [];

/**
 * The run on the canvas. Nodes and edges each hear only of what concerns them, once a frame: a run's events never pass
 * through the document. What is shown is the newest moment (live) or any other (replay); both are the same fold.
 */
export interface RunView {
  subscribe: Bells["subscribe"];
  open: (run: string, graph: Graph) => void;
  close: () => void;
  receive: (events: readonly RunEvent[]) => void;
  receiveText: (piece: TextPiece) => void;
  /** Shows the run as of `seq` and stays there. */
  seek: (seq: number) => void;
  /** Shows the newest moment, and goes along with it. */
  followLive: () => void;
  node: (id: string) => NodeRunView;
  edge: (id: string) => EdgeRunView;
  summary: () => RunSummaryView | undefined;
  events: () => readonly RunEvent[];
  /** The run shown now. */
  shown: () => Run | undefined;
}

/** `later` runs its argument once, soon: a frame of the screen. */
export function createRunView(later: (flush: () => void) => void): RunView {
  const { subscribe, mark } = createBells(later);
  const nodeViews = new Map<string, NodeRunView>();
  const edgeViews = new Map<string, EdgeRunView>();
  const activationsOf = new Map<string, string[]>();
  const known = new Set<string>();
  const texts = new Map<string, string>();
  let plan: Plan | undefined;
  let timeline: Timeline | undefined;
  let shown: Run | undefined;
  let mode: "live" | "replay" = "live";
  let summary: RunSummaryView | undefined;
  let log: readonly RunEvent[] = [];

  function markNode(id: string): void {
    nodeViews.delete(id);
    mark(`node:${id}`);
    for (const edge of plan?.nodes.get(id)?.incoming ?? []) markEdge(edge.id);
  }

  function markEdge(id: string): void {
    edgeViews.delete(id);
    mark(`edge:${id}`);
  }

  function markRun(): void {
    summary = undefined;
    mark("run");
  }

  function markAll(): void {
    for (const id of plan?.nodes.keys() ?? nodeViews.keys()) markNode(id);
    for (const { id } of plan?.graph.edges ?? []) markEdge(id);
    markRun();
  }

  /** Which nodes look different for this event: its own, and the agents that wait for what it is about. */
  function markEvent(event: RunEvent): void {
    if (event.type === "edge.taken" || event.type === "edge.dead") markEdge(event.edge);
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
    for (const map of [nodeViews, edgeViews, activationsOf, texts]) map.clear();
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
    const wasLive = mode === "live";
    mode = "replay";
    // only what differs between the two moments is drawn again
    const changed = new Set<string>();
    for (const [id, { node }] of beforeNodes) if (shown.activations.get(id) !== beforeNodes.get(id)) changed.add(node);
    for (const [id, { node }] of shown.activations) if (!beforeNodes.has(id)) changed.add(node);
    if (wasLive) for (const id of texts.keys()) changed.add(beforeNodes.get(id)?.node ?? "");
    for (const id of changed) markNode(id);
    for (const id of new Set([...beforeEdges.keys(), ...shown.edges.keys()])) {
      if (beforeEdges.get(id) !== shown.edges.get(id)) markEdge(id);
    }
    markRun();
  }

  function summarise(): RunSummaryView | undefined {
    if (!shown || !timeline) return undefined;
    const { id, seq, status, input, output, error, usage, createdAt, startedAt, endedAt } = shown;
    const approvals = [...shown.approvals.values()].filter((one) => one.status === "pending");
    const { seq: lastSeq } = timeline.head;
    return { id, seq, status, input, output, error, usage, createdAt, startedAt, endedAt, lastSeq, mode, approvals };
  }

  function viewEdge(id: string): EdgeRunView {
    const counts = shown?.edges.get(id);
    if (!counts) return idleEdge;
    const target = plan?.edgeTargets.get(id)?.id;
    const status = target === undefined ? "idle" : view.node(target).status;
    return { ...counts, active: counts.taken > 0 && (status === "running" || status === "streaming") };
  }

  const view: RunView = {
    subscribe,
    open: (run, graph) => {
      markAll();
      reset();
      plan = planGraph(graph);
      timeline = createTimeline(plan);
      timeline.head.id = run;
      shown = timeline.head;
      markAll();
      mark("log");
    },
    close: () => {
      markAll();
      reset();
      plan = undefined;
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
    node: (id) => {
      const cached = nodeViews.get(id);
      if (cached) return cached;
      const speaking = mode === "live" ? texts : new Map<string, string>();
      const made = shown ? viewNode(shown, activationsOf.get(id) ?? nothing, speaking) : idleView;
      nodeViews.set(id, made);
      return made;
    },
    edge: (id) => {
      const cached = edgeViews.get(id);
      if (cached) return cached;
      const made = viewEdge(id);
      edgeViews.set(id, made);
      return made;
    },
    summary: () => {
      summary ??= summarise();
      return summary;
    },
    events: () => log,
    shown: () => shown,
  };
  return view;
}
