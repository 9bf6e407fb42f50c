import type { RunSummary } from "@signalbox/shared/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawing, edge, node } from "../support/drawing.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine("embedded");
});
afterAll(async () => {
  await engine.stop(0);
  expect(engine.errors).toEqual([]);
});

test.each([
  { toolCalls: 0, made: 0, status: "failed" },
  { toolCalls: 1, made: 1, status: "completed" },
])("an agent makes no more tool calls than its budget of $toolCalls", async ({ toolCalls, made, status }) => {
  const graph = drawing(
    [
      node("start", "start"),
      node("ask", "agent", { model: "simulated", prompt: "Use it.", budget: { toolCalls } }),
      node("count", "tool", { tool: "code.javascript", arguments: { code: "return 1" } }),
    ],
    [edge("start", "ask"), { ...edge("ask", "count"), sourceHandle: "uses" }],
  );
  const run = await engine.run(graph);
  const events = await engine.follow(run);
  const { body } = await engine.call<RunSummary>("GET", `runs/${run}`);

  expect(body.status).toBe(status);
  expect(events.filter(({ type }) => type === "tool.called")).toHaveLength(made);
  expect(events.filter(({ type }) => type === "budget.exceeded")).toMatchObject(
    status === "failed" ? [{ node: "ask", budget: "tool calls", limit: 0, used: 0 }] : [],
  );
  if (status === "failed") expect(body.error).toMatchObject({ code: "budget_exceeded", node: "ask" });
});
