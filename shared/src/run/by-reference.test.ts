import { expect, test } from "vitest";
import type { BlobRef, RunEvent, RunFact } from "../events/index.ts";
import { parseGraph, planGraph } from "../graph/index.ts";
import { newRun, reduceRun } from "./index.ts";

const parsed = parseGraph({
  format: "signalbox.graph/1",
  name: "Test",
  nodes: [
    { id: "start", type: "start", data: {}, position: { x: 0, y: 0 } },
    { id: "each", type: "parallel", data: { mode: "forEach", items: "input" }, position: { x: 0, y: 0 } },
    { id: "keep", type: "set", parentId: "each", data: { values: {} }, position: { x: 0, y: 0 } },
  ],
  edges: [{ id: "e1", source: "start", target: "each" }],
});
if ("problems" in parsed) throw new Error("This test's graph is none.");
const plan = planGraph(parsed.graph);

const large: BlobRef = { $blob: `sha256:${"a".repeat(64)}`, bytes: 9000, preview: "[" };

/** The same story with its list in line, or by reference as the log holds it. */
function story(list: string[] | BlobRef): RunEvent[] {
  const each = { node: "each", activation: "each" };
  const facts: RunFact[] = [
    { type: "run.created", workflow: null, version: null, input: list },
    { type: "run.started" },
    { type: "node.started", node: "start", activation: "start", attempt: 1 },
    { type: "node.completed", node: "start", activation: "start", attempt: 1, handles: ["out"], output: list },
    { type: "edge.taken", edge: "e1", scope: "" },
    { type: "node.started", ...each, attempt: 1 },
    { type: "frame.started", ...each, lanes: ["0", "1"], items: list, concurrency: 1, join: "all" },
    { type: "frame.lane_started", ...each, lane: "0", scope: "each#0" },
    { type: "node.started", node: "keep", activation: "keep@each#0", attempt: 1 },
    { type: "node.completed", node: "keep", activation: "keep@each#0", attempt: 1, handles: ["out"], output: {} },
    { type: "frame.lane_ended", ...each, lane: "0", scope: "each#0", outcome: "succeeded" },
    { type: "frame.lane_started", ...each, lane: "1", scope: "each#1" },
    { type: "node.started", node: "keep", activation: "keep@each#1", attempt: 1 },
  ];
  return facts.map((fact, index) => ({ ...fact, run: "run_1", seq: index + 1, at: "2026-01-01T00:00:00.000Z" }));
}

test("a log whose list stands by reference folds to the same statuses, scopes and work to do after every event", () => {
  const [inLine, byReference] = [newRun(plan), newRun(plan)];
  const referring = story(large);
  for (const [index, event] of story(["x", "y"]).entries()) {
    reduceRun(inLine, event);
    reduceRun(byReference, referring[index] ?? event);
    const seen = [inLine, byReference].map(({ status, activations, scopes, frames, agenda, working }) => ({
      status,
      working,
      activations: [...activations].map(([id, activation]) => [id, activation.status]),
      scopes: [...scopes.values()],
      frames: [...frames.values()].map(({ items: _items, ...frame }) => frame),
      agenda,
    }));
    expect(seen[1]).toEqual(seen[0]);
  }
  expect([...byReference.scopes.keys()]).toEqual(["", "each#1"]);
});
