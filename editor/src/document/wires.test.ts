import type { Graph } from "@signalbox/shared/graph";
import { describe, expect, it } from "vitest";
import { drawnEdge, drawnNode } from "../testing/drawing.ts";
import { fitsWire, openHandles, wireProblem } from "./wires.ts";

const node = (id: string, type: string, parentId?: string) => drawnNode(id, type, { parentId });
const graph = {
  format: "signalbox.graph/1",
  name: "Test",
  nodes: [
    node("start", "start"),
    node("ask", "agent"),
    node("other", "agent"),
    node("stock", "tool"),
    node("fan", "parallel"),
    node("inner", "agent", "fan"),
    node("deep", "tool", "fan"),
    node("memo", "note"),
    node("done", "end"),
  ],
  edges: [drawnEdge("start", "ask"), drawnEdge("ask", "stock", "uses")],
} as Graph;

const problem = (source: string, target: string, sourceHandle = "out") =>
  wireProblem(graph, { source, sourceHandle, target });

describe("an edge", () => {
  it("is drawn where it makes sense", () => {
    expect(problem("ask", "done")).toBeUndefined();
    expect(problem("ask", "fan")).toBeUndefined();
    expect(problem("inner", "deep")).toBeUndefined();
    expect(problem("ask", "other", "uses")).toBeUndefined();
    // what is used may lie further out
    expect(problem("inner", "stock", "uses")).toBeUndefined();
  });

  it("is refused with the reason where it does not", () => {
    expect(problem("ask", "start")).toContain("Nothing leads into");
    expect(problem("ask", "memo")).toContain("note");
    expect(problem("ask", "ask")).toContain("itself");
    expect(problem("start", "ask")).toContain("already");
    expect(problem("ask", "inner")).toContain("border");
    expect(problem("fan", "inner")).toContain("by themselves");
    expect(problem("start", "stock")).toContain("called by an agent");
    expect(problem("stock", "done")).toContain("called by an agent");
    expect(problem("ask", "deep", "uses")).toContain("frame");
    expect(problem("ask", "done", "uses")).toContain("cannot call");
    expect(problem("other", "ask", "uses")).toContain("part of the flow");
  });

  it("of permissions never closes a ring", () => {
    const ring = { ...graph, edges: [drawnEdge("other", "ask", "uses")] };
    expect(wireProblem(ring, { source: "ask", sourceHandle: "uses", target: "other" })).toContain("without end");
  });

  it("may be moved onto its own place", () => {
    expect(wireProblem(graph, { source: "start", sourceHandle: "out", target: "ask" }, "start-ask")).toBeUndefined();
  });
});

it("says what can be at the other end of a wire", () => {
  const types = ["start", "end", "agent", "tool", "note"] as const;
  const fitting = (handle: string, side: "source" | "target") =>
    types.filter((type) => fitsWire(type, { handle, side }));
  expect(fitting("out", "source")).toEqual(["end", "agent", "tool"]);
  expect(fitting("uses", "source")).toEqual(["agent", "tool"]);
  expect(fitting("in", "target")).toEqual(["start", "agent", "tool"]);
});

it("knows which ways out are free", () => {
  const ask = graph.nodes.find(({ id }) => id === "ask");
  expect(ask && openHandles(graph.edges, ask)).toEqual(["out", "error", "budget"]);
  expect(ask && openHandles([drawnEdge("ask", "done")], ask)).toEqual(["error", "budget"]);
});
