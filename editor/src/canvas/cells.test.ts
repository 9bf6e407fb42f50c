import type { LaneOutcome } from "@signalbox/shared/run";
import { expect, it } from "vitest";
import { cellsOf } from "./cells.ts";

it("gives each item a mark where there is room", () => {
  expect(cellsOf(["succeeded", "failed", "running"], 4, 100)).toEqual([
    { from: 0, to: 0, item: 0, state: "succeeded" },
    { from: 1, to: 1, item: 1, state: "failed" },
    { from: 2, to: 2, item: 2, state: "running" },
    { from: 3, to: 3, item: 3, state: "pending" },
  ]);
});

it("puts many items together, and leads to the one that failed", () => {
  const outcomes = Array.from({ length: 10_000 }, (_, index): LaneOutcome => (index === 4711 ? "failed" : "succeeded"));
  const cells = cellsOf(outcomes, 10_000, 120);
  expect(cells.length).toBeLessThanOrEqual(120);
  expect(cells[0]).toMatchObject({ from: 0, to: 83, state: "succeeded" });
  expect(cells.at(-1)?.to).toBe(9999);
  const failed = cells.filter(({ state }) => state === "failed");
  expect(failed).toHaveLength(1);
  expect(failed[0]?.item).toBe(4711);
});

it("draws nothing of an empty list", () => {
  expect(cellsOf([], 0, 100)).toEqual([]);
});
