import { type Graph, planGraph } from "@signalbox/shared/graph";
import type { Activation, FrameRun, Run } from "@signalbox/shared/run";
import { newRun, scopeOfActivation } from "@signalbox/shared/run";
import { expect, it } from "vitest";
import { drawnEdge, drawnNode } from "../testing/drawing.ts";
import { barsOf } from "./bars.ts";

const node = (id: string, type: string, data: object = {}, parentId?: string) =>
  drawnNode(id, type, { data, parentId });
const graph = {
  format: "signalbox.graph/1",
  name: "Test",
  nodes: [
    node("start", "start"),
    node("each", "parallel", { label: "Each", mode: "forEach" }),
    node("work", "set", { label: "Work" }, "each"),
    node("write", "set", { label: "Write" }),
    node("judge", "branch", { label: "Judge" }),
  ],
  edges: [
    drawnEdge("start", "each"),
    drawnEdge("each", "write"),
    drawnEdge("write", "judge"),
    drawnEdge("judge", "write", "again"),
  ],
} as Graph;

const startedAt = Date.UTC(2026, 0, 1);
const at = (ms: number) => new Date(startedAt + ms).toISOString();

function runOf(activations: readonly [id: string, from: number, to: number][], frames: readonly FrameRun[]): Run {
  const run = newRun(planGraph(graph));
  run.startedAt = at(0);
  run.endedAt = at(1000);
  for (const frame of frames) run.frames.set(frame.activation, frame);
  for (const [id, from, to] of activations) {
    run.activations.set(id, {
      id,
      node: id.split("@", 1)[0] ?? "",
      scope: scopeOfActivation(id),
      status: "succeeded",
      startedAt: at(from),
      endedAt: at(to),
      usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    } as Activation);
  }
  return run;
}

function frame(
  activation: string,
  kind: FrameRun["kind"],
  lanes: number,
  outcomes: FrameRun["outcomes"] = [],
): FrameRun {
  const names = kind === "items" ? Array.from({ length: lanes }, (_, index) => String(index)) : [];
  return {
    activation,
    node: activation.split("@", 1)[0] ?? "",
    kind,
    lanes: names,
    started: lanes,
    outcomes,
    errors: new Map(),
    openScopes: new Set(),
    counts: { running: 0, succeeded: lanes, failed: 0, cancelled: 0 },
    concurrency: 10,
    join: "all",
  };
}

const shown = (run: Run, turned: string[] = []) =>
  barsOf(run, 0, new Set(turned)).bars.map(({ name, depth, from, to }) => `${"  ".repeat(depth)}${name} ${from}-${to}`);

const run = runOf(
  [
    ["start", 0, 10],
    ["each", 10, 300],
    ["work@each#0", 10, 100],
    ["work@each#1", 20, 300],
    ["write@write#1", 300, 400],
    ["judge@write#1", 400, 500],
    ["write@write#2", 500, 600],
  ],
  [frame("each", "items", 2, ["succeeded", "failed"]), frame("write", "cycle", 2)],
);

it("puts items under their frame, and passes under the loop that edges make", () => {
  expect(shown(run)).toEqual([
    "Start 0-10",
    "Each 10-300",
    "  Item 1 10-100",
    "    Work 10-100",
    "  Item 2 20-300",
    "    Work 20-300",
    "Loop at Write 300-600",
    "  Pass 1 300-500",
    "    Write 300-400",
    "    Judge 400-500",
    "  Pass 2 500-600",
    "    Write 500-600",
  ]);
  const states = new Map(barsOf(run, 0).bars.map(({ key, status }) => [key, status]));
  expect(states.get("lane each#1")).toBe("failed");
});

it("shows a frame without its lanes once they are put away; the loop keeps its length", () => {
  expect(shown(run, ["each", "loop write"])).toEqual(["Start 0-10", "Each 10-300", "Loop at Write 300-600"]);
});

it("puts thousands of items away by itself, and shows them when they are wanted", () => {
  const items = Array.from({ length: 5000 }, (_, index): [string, number, number] => [`work@each#${index}`, 0, 1]);
  const many = runOf([["each", 0, 1], ...items], [frame("each", "items", 5000)]);
  expect(shown(many)).toEqual(["Each 0-1"]);
  expect(shown(many, ["each"])).toHaveLength(10_001);
});
