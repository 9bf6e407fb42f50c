import type { RunEvent } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import { describe, expect, it } from "vitest";
import { createTimeline } from "./timeline.ts";
import { createRunView } from "./view.ts";

const node = (id: string, type: string, data: object = {}) => ({ id, type, data, position: { x: 0, y: 0 } });
const graph = {
  format: "signalbox.graph/1",
  name: "Test",
  nodes: [node("start", "start"), node("ask", "agent", { model: "simulated", prompt: "Hi" }), node("stop", "end")],
  edges: [
    { id: "e1", source: "start", sourceHandle: "out", target: "ask", targetHandle: "in" },
    { id: "e2", source: "ask", sourceHandle: "out", target: "stop", targetHandle: "in" },
  ],
} as Graph;

const about = (id: string) => ({ node: id, activation: id });
const facts = [
  { type: "run.created", workflow: null, version: null, input: null },
  { type: "run.started" },
  { type: "node.started", ...about("start"), attempt: 1 },
  { type: "node.completed", ...about("start"), attempt: 1, handles: ["out"], output: null },
  { type: "edge.taken", edge: "e1", scope: "" },
  { type: "node.started", ...about("ask"), attempt: 1 },
  { type: "node.completed", ...about("ask"), attempt: 1, handles: ["out"], output: { text: "Hello" } },
  { type: "edge.taken", edge: "e2", scope: "" },
  { type: "node.started", ...about("stop"), attempt: 1 },
  { type: "node.completed", ...about("stop"), attempt: 1, handles: [], output: null },
  { type: "run.completed", output: null },
];
const events = facts.map((fact, index) => ({
  ...fact,
  run: "run_1",
  seq: index + 1,
  at: new Date(Date.UTC(2026, 0, 1) + index * 100).toISOString(),
})) as RunEvent[];

function open() {
  const frames: (() => void)[] = [];
  const view = createRunView((flush) => frames.push(flush));
  view.open("run_1", createTimeline(graph));
  const frame = () => {
    for (const flush of frames.splice(0)) flush();
  };
  frame();
  return { view, frame };
}

describe("the run on the canvas", () => {
  it("tells a node only of its own news, once a frame", () => {
    const { view, frame } = open();
    const heard = { ask: 0, stop: 0 };
    view.subscribe("node:ask", () => {
      heard.ask += 1;
    });
    view.subscribe("node:stop", () => {
      heard.stop += 1;
    });
    view.receive(events.slice(0, 6));
    view.receiveText({ activation: "ask", call: "1", text: "Hel", offset: 0 });
    view.receiveText({ activation: "ask", call: "1", text: "lo", offset: 3 });
    frame();
    expect(heard).toEqual({ ask: 1, stop: 0 });
    expect(view.node("ask")).toMatchObject({ status: "streaming", text: "Hello" });
    expect(view.edge("e1")).toEqual({ taken: 1, dead: 0, active: true });
  });

  it("shows any past moment as it was, and comes back to the newest", () => {
    const { view, frame } = open();
    const live: unknown[] = [];
    const moment = () => [
      view.summary()?.status,
      ...["start", "ask", "stop"].map((id) => view.node(id).status),
      view.edge("e1"),
      view.edge("e2"),
    ];
    for (const event of events) {
      view.receive([event]);
      live.push(moment());
    }
    // forwards, backwards and in leaps
    for (const seq of [1, 4, 9, 2, 6, 11, 7, 3, 10, 5, 8]) {
      view.seek(seq);
      expect(moment()).toEqual(live[seq - 1]);
    }
    view.followLive();
    frame();
    expect(view.summary()).toMatchObject({ mode: "live", status: "completed", seq: 11, lastSeq: 11 });
  });

  it("stays where one looks while the run goes on", () => {
    const { view } = open();
    view.receive(events.slice(0, 6));
    view.seek(3);
    view.receive(events.slice(6));
    expect(view.summary()).toMatchObject({ mode: "replay", seq: 3, lastSeq: 11, status: "running" });
    expect(view.node("ask").status).toBe("idle");
  });

  it("passes over what it knows already", () => {
    const { view } = open();
    view.receive(events);
    view.receive(events.slice(3));
    expect(view.events()).toHaveLength(events.length);
  });
});
