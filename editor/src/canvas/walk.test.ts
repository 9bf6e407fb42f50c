import type { Graph } from "@signalbox/shared/graph";
import { expect, it } from "vitest";
import { reachable, walk } from "./walk.ts";

const node = (id: string, x: number, y: number) => ({ id, type: "set", data: {}, position: { x, y } });
const edge = (source: string, target: string) => ({
  id: `${source}-${target}`,
  source,
  sourceHandle: "out",
  target,
  targetHandle: "in",
});
const graph = {
  format: "signalbox.graph/1",
  name: "Test",
  nodes: [node("a", 0, 0), node("b", 300, 0), node("c", 300, 200), node("d", 600, 0), node("lone", 0, 400)],
  edges: [edge("a", "c"), edge("a", "b"), edge("b", "d")],
} as Graph;

it("walks along edges, the upper one first", () => {
  expect(walk(graph, "a", "right")).toBe("b");
  expect(walk(graph, "d", "left")).toBe("b");
});

it("goes to what lies that way where no edge leads", () => {
  expect(walk(graph, "b", "down")).toBe("c");
  expect(walk(graph, "c", "up")).toBe("b");
  expect(walk(graph, "lone", "right")).toBe("c");
  expect(walk(graph, "a", "left")).toBeUndefined();
});

it("finds everything downstream and upstream", () => {
  expect(reachable(graph, "a", "right").sort()).toEqual(["a", "b", "c", "d"]);
  expect(reachable(graph, "d", "left").sort()).toEqual(["a", "b", "d"]);
});
