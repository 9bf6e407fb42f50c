import type { RunEvent } from "@signalbox/shared/events";
import { type Graph, planGraph } from "@signalbox/shared/graph";
import { describe, expect, it } from "vitest";
import { drawnEdge, drawnNode } from "../testing/drawing.ts";
import { type FrameRunView, laneFrom, loopKey, partsOf } from "./passes.ts";
import { createTimeline } from "./timeline.ts";
import { createRunView } from "./view.ts";

const node = (id: string, type: string, parentId?: string) => drawnNode(id, type, { parentId });
const graph = {
  format: "signalbox.graph/1",
  name: "Test",
  nodes: [
    node("start", "start"),
    node("revise", "loop"),
    node("items", "parallel", "revise"),
    node("work", "set", "items"),
    node("write", "set"),
    node("check", "branch"),
    node("stop", "end"),
  ],
  edges: [
    drawnEdge("start", "revise"),
    drawnEdge("revise", "write"),
    drawnEdge("write", "check"),
    drawnEdge("check", "write", "yes"),
    drawnEdge("check", "stop", "else"),
  ],
} as Graph;

let facts: object[] = [];
const tell = (type: string, fact: object) => facts.push({ type, ...fact });
const about = (activation: string) => ({ node: activation.split("@", 1)[0], activation });
/** A node that runs through. */
function ran(activation: string, output: unknown, handles = ["out"]): void {
  tell("node.started", { ...about(activation), attempt: 1 });
  tell("node.completed", { ...about(activation), attempt: 1, handles, output });
}
function lane(frame: string, name: string, scope: string): void {
  tell("frame.lane_started", { ...about(frame), lane: name, scope });
  ran(`work@${scope}`, { scope });
  tell("frame.lane_ended", { ...about(frame), lane: name, scope, outcome: "succeeded" });
}
const noJoin = { concurrency: 10, join: "all" };

/** Two passes of a loop frame with a for-each of two items in each, then three passes of a loop of edges. */
function history(): RunEvent[] {
  facts = [];
  tell("run.created", { workflow: null, version: null, input: null });
  tell("run.started", {});
  ran("start", null);
  tell("edge.taken", { edge: "start-revise", scope: "" });
  tell("node.started", { ...about("revise"), attempt: 1 });
  tell("frame.started", { ...about("revise"), lanes: [], ...noJoin, loop: { maxIterations: 5 } });
  for (const pass of [1, 2]) {
    const scope = `revise#${pass}`;
    tell("loop.iterated", { ...about("revise"), iteration: pass, scope });
    tell("node.started", { ...about(`items@${scope}`), attempt: 1 });
    tell("frame.started", { ...about(`items@${scope}`), lanes: ["0", "1"], items: [1, 2], ...noJoin });
    for (const item of [0, 1]) lane(`items@${scope}`, String(item), `${scope}/items#${item}`);
    tell("node.completed", { ...about(`items@${scope}`), attempt: 1, handles: ["out"], output: null });
    tell("frame.lane_ended", { ...about("revise"), lane: String(pass), scope, outcome: "succeeded" });
  }
  tell("node.completed", { ...about("revise"), attempt: 1, handles: ["out"], output: null });
  tell("edge.taken", { edge: "revise-write", scope: "" });
  tell("frame.started", { ...about("write"), lanes: [], ...noJoin, loop: { maxIterations: 25 } });
  for (const pass of [1, 2, 3]) {
    const scope = `write#${pass}`;
    tell("loop.iterated", { ...about("write"), iteration: pass, scope });
    ran(`write@${scope}`, { pass });
    tell("edge.taken", { edge: "write-check", scope });
    ran(`check@${scope}`, { case: pass < 3 ? "yes" : "else" }, [pass < 3 ? "yes" : "else"]);
    tell(pass < 3 ? "edge.taken" : "edge.dead", { edge: "check-write", scope });
  }
  return facts.map((fact, index) => ({
    ...fact,
    run: "run_1",
    seq: index + 1,
    at: new Date(Date.UTC(2026, 0, 1) + index * 100).toISOString(),
  })) as RunEvent[];
}

function open() {
  const view = createRunView((flush) => flush());
  view.open("run_1", createTimeline(graph));
  view.receive(history());
  return view;
}

const plan = planGraph(graph);
const cycle = loopKey("write");

it("takes a scope apart, lanes by name, items and passes by number", () => {
  expect(partsOf(plan, "revise#2/items#14").map(({ key, lane: one, frame }) => [key, one, frame])).toEqual([
    ["revise", "2", "revise"],
    ["items", "14", "items@revise#2"],
  ]);
  expect(partsOf(plan, "items/left/write#3").map(({ key, lane: one, frame }) => [key, one, frame])).toEqual([
    ["items", "left", "items"],
    [cycle, "3", "write@items/left"],
  ]);
  expect(partsOf(plan, "")).toEqual([]);
});

describe("what is looked at", () => {
  it("is at first everything, of a loop the newest pass", () => {
    const view = open();
    expect(view.node("work").activations).toHaveLength(4);
    expect(view.node("write").latest?.output).toEqual({ pass: 3 });
    expect(view.frame(cycle)).toMatchObject({ kind: "cycle", started: 3, chosen: undefined });
    expect(view.frame("items")).toMatchObject({ activation: "items@revise#2", kind: "items" });
    expect(view.edge("check-write")).toMatchObject({ taken: 2, dead: 1 });
  });

  it("is one pass, once it is chosen: nodes and edges of the loop show what they did in it", () => {
    const view = open();
    view.choose(cycle, "1");
    expect(view.node("write").activations.map(({ id }) => id)).toEqual(["write@write#1"]);
    expect(view.node("check").latest?.output).toEqual({ case: "yes" });
    expect(view.edge("check-write")).toMatchObject({ taken: 1, dead: 0 });
    view.choose(cycle, "3");
    expect(view.edge("check-write")).toMatchObject({ taken: 0, dead: 1 });
    // what lies outside is as it was
    expect(view.edge("start-revise")).toMatchObject({ taken: 1 });
    view.choose(cycle, undefined);
    expect(view.node("write").activations).toHaveLength(3);
  });

  it("narrows what is inside: an outer pass decides which items there are", () => {
    const view = open();
    view.choose("revise", "1");
    expect(view.frame("items")?.activation).toBe("items@revise#1");
    expect(view.node("work").activations.map(({ scope }) => scope)).toEqual(["revise#1/items#0", "revise#1/items#1"]);
    view.choose("items", "1");
    expect(view.node("work").latest?.output).toEqual({ scope: "revise#1/items#1" });
    // another pass: the item chosen in the one before is none of it
    view.choose("revise", "2");
    expect(view.node("work").activations).toHaveLength(2);
    expect(view.frame("items")?.chosen).toBeUndefined();
  });

  it("stays in its pass when an item inside it is chosen", () => {
    const view = open();
    view.choose("items", "0");
    expect(view.frame("revise")?.chosen).toBe("2");
    expect(view.node("work").activations.map(({ scope }) => scope)).toEqual(["revise#2/items#0"]);
  });

  it("is stepped through from any node inside", () => {
    const view = open();
    expect(view.stepPass("check", -1)).toBe(true);
    expect(view.frame(cycle)?.chosen).toBe("2");
    view.stepPass("check", 1);
    view.stepPass("check", 1);
    expect(view.frame(cycle)?.chosen).toBeUndefined();
    expect(view.stepPass("stop", 1)).toBe(false);
  });

  it("holds while the run is played back", () => {
    const view = open();
    view.choose(cycle, "2");
    view.seek(5);
    expect(view.node("write").status).toBe("idle");
    view.followLive();
    expect(view.node("write").latest?.id).toBe("write@write#2");
  });
});

it("goes from all items to the first or the last, and from the newest pass back", () => {
  const items = { kind: "items", lanes: ["0", "1", "2"], started: 3 } as unknown as FrameRunView;
  const at = (frame: FrameRunView, chosen: string | undefined, by: number) => laneFrom({ ...frame, chosen }, by);
  expect([at(items, undefined, 1), at(items, undefined, -1), at(items, "2", 1), at(items, "0", -1)]).toEqual([
    "0",
    "2",
    "2",
    "0",
  ]);
  const loop = { kind: "loop", lanes: [], started: 4 } as unknown as FrameRunView;
  expect([at(loop, undefined, -1), at(loop, "1", -1), at(loop, "3", 1), at(loop, "4", 1)]).toEqual([
    "3",
    "1",
    "4",
    undefined,
  ]);
});
