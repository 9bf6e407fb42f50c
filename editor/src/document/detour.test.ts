import type { Graph } from "@signalbox/shared/graph";
import { describe, expect, it } from "vitest";
import { cornersOf, detoursOf } from "./detour.ts";
import { placesOf } from "./geometry.ts";

const node = (id: string, type: string, x: number, y: number, data: object = {}) => ({
  id,
  type,
  data,
  position: { x, y },
});
const edge = (source: string, target: string, sourceHandle = "out") => ({
  id: `${source}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle: "in",
});
const branch = { cases: [{ id: "again", when: "true" }] };
const nodes = [
  node("start", "start", 0, 0),
  node("outer", "set", 300, 0),
  node("inner", "set", 600, 0),
  node("deep", "branch", 900, 0, branch),
  node("last", "branch", 1200, 0, branch),
  node("stop", "end", 1500, 0),
];
const forward = [
  edge("start", "outer"),
  edge("outer", "inner"),
  edge("inner", "deep"),
  edge("deep", "last", "else"),
  edge("last", "stop", "else"),
];
const graphOf = (edges: object[]) =>
  ({ format: "signalbox.graph/1", name: "Test", nodes, edges: [...forward, ...edges] }) as Graph;

describe("an edge that leads back", () => {
  it("passes what lies between its ends, and an inner one stays nearer", () => {
    const graph = graphOf([edge("deep", "inner", "again"), edge("last", "outer", "again")]);
    const detours = detoursOf(graph);
    expect([...detours.keys()].sort()).toEqual(["deep-inner", "last-outer"]);
    const rects = [...placesOf(graph).values()].map(({ rect }) => rect);
    const bottom = Math.max(...rects.map(({ y, height }) => y + height));
    const [inner, outer] = [detours.get("deep-inner") ?? 0, detours.get("last-outer") ?? 0];
    for (const height of [inner, outer]) expect(height < 0 || height > bottom).toBe(true);
    expect(Math.abs(outer - bottom / 2)).toBeGreaterThan(Math.abs(inner - bottom / 2));
  });

  it("is none of those that lead on, nor of a ring that no run reaches", () => {
    expect(detoursOf(graphOf([])).size).toBe(0);
  });

  it("leaves its source to the right and comes to its target from the left", () => {
    const corners = cornersOf({ x: 500, y: 10 }, { x: 100, y: 20 }, 200);
    expect(corners[1]?.x).toBeGreaterThan(500);
    expect(corners.at(-2)?.x).toBeLessThan(100);
    expect(corners.filter(({ y }) => y === 200)).toHaveLength(2);
  });
});
