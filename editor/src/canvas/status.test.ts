import type { Activation } from "@signalbox/shared/run";
import { expect, it } from "vitest";
import { idleView, type NodeRunView } from "../run/node-view.ts";
import { brief, statusWords } from "./status.ts";

const startedAt = "2026-01-01T00:00:00.000Z";
const activation = (facts: Partial<Activation>): Activation => ({
  id: "ask",
  node: "ask",
  scope: "",
  status: "running",
  attempt: 1,
  startedAt,
  handles: [],
  models: [],
  tools: [],
  calls: [],
  usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
  ...facts,
});
const view = (status: NodeRunView["status"], facts: Partial<Activation>): NodeRunView => {
  const latest = activation({ ...facts });
  return { ...idleView, status, latest, activations: [latest], counts: {} };
};

it("says what a node does, and for how long", () => {
  const now = Date.parse(startedAt) + 3400;
  expect(statusWords(view("running", {}), now)).toEqual({ line: "Running", figures: "3 s" });
  const retrying = view("retrying", {
    lastError: { code: "x", message: "No answer" },
    retryDue: "2026-01-01T00:00:07.000Z",
  });
  expect(statusWords(retrying, now)).toEqual({ line: "No answer", figures: "attempt 1 failed · next try in 4 s" });
});

it("says what a node gave, and what that took", () => {
  const done = view("succeeded", {
    endedAt: "2026-01-01T00:00:01.250Z",
    output: { urgency: "high", topic: "refund" },
    usage: { inputTokens: 1000, outputTokens: 204, costUsd: 0.0031 },
  });
  expect(statusWords(done, 0)).toEqual({
    line: "urgency high · topic refund",
    figures: "1.3 s · 1,204 tokens · $0.0031",
  });
});

it("puts any value in a line", () => {
  expect([null, "two\nlines", 3, [1, 2], {}, { text: "only" }, { a: 1, b: { c: 2 } }].map(brief)).toEqual([
    "null",
    "two lines",
    "3",
    "2 items",
    "Done",
    "only",
    "a 1 · b",
  ]);
});
