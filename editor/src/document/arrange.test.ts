import type { Graph } from "@signalbox/shared/graph";
import { describe, expect, it } from "vitest";
import { cardWidth } from "../nodes/size.ts";
import { drawnEdge, drawnNode } from "../testing/drawing.ts";
import { whereNext, withNew, withoutJoined, withSplice } from "./arrange.ts";
import { overlaps, placesOf } from "./geometry.ts";

const node = (id: string, type: string, x: number, y = 0, parentId?: string) => drawnNode(id, type, { x, y, parentId });
const graph = {
  format: "signalbox.graph/1",
  name: "Test",
  nodes: [
    node("start", "start", 0),
    node("ask", "agent", 304),
    node("done", "end", 608),
    node("aside", "set", 304, 400),
  ],
  edges: [drawnEdge("start", "ask"), drawnEdge("ask", "done")],
} as Graph;
const wires = ({ edges }: Graph) => edges.map(({ source, target }) => `${source} ${target}`).sort();
const noneLieOnAnother = (drawn: Graph) => {
  const rects = [...placesOf(drawn).values()].map(({ rect }) => rect);
  return rects.every((rect, index) => rects.slice(index + 1).every((other) => !overlaps(rect, other)));
};

describe("a new step", () => {
  it("goes into an edge, and what comes after makes room", () => {
    const made = withNew(graph, "tool", { edge: "start-ask" });
    expect(made && wires(made.graph)).toEqual(["ask done", "start tool", "tool ask"]);
    expect(made && noneLieOnAnother(made.graph)).toBe(true);
    const place = (id: string) => made?.graph.nodes.find((one) => one.id === id)?.position.x ?? 0;
    expect(place("ask")).toBeGreaterThanOrEqual(place("tool") + cardWidth);
    expect(place("done") - place("ask")).toBe(304);
    expect(made?.graph.nodes.find(({ id }) => id === "aside")?.position).toEqual({ x: 304, y: 400 });
  });

  it("pushes aside what the others would come to lie on", () => {
    const crowded = { ...graph, nodes: [...graph.nodes, node("near", "set", 900)] } as Graph;
    const made = withNew(crowded, "tool", { edge: "start-ask" });
    expect(made && noneLieOnAnother(made.graph)).toBe(true);
  });

  it("goes after the one it is wired to, on nothing else", () => {
    const made = withNew(graph, "set", { end: { node: "start", handle: "out", side: "source" } });
    expect(made && wires(made.graph)).toContain("start set");
    expect(made && noneLieOnAnother(made.graph)).toBe(true);
  });

  it("goes before a step whose way in was pulled", () => {
    const made = withNew(graph, "set", { end: { node: "aside", handle: "in", side: "target" } });
    expect(made && wires(made.graph)).toContain("set aside");
  });

  it("goes into the frame it is dropped on, and the frame grows", () => {
    const framed = { ...graph, nodes: [...graph.nodes, node("fan", "parallel", 1000)] } as Graph;
    const made = withNew(framed, "agent", { point: { x: 1504, y: 288 } });
    const added = made?.graph.nodes.find(({ id }) => id === made.id);
    expect(added).toMatchObject({ parentId: "fan", position: { x: 504, y: 288 } });
    expect(made?.graph.nodes.find(({ id }) => id === "fan")).toMatchObject({ width: 768, height: 408 });
  });

  it("follows the selected step while that has a free way out", () => {
    expect(whereNext(graph, "set", ["aside"], { x: 0, y: 0 })).toEqual({
      end: { node: "aside", handle: "out", side: "source" },
    });
    expect(whereNext(graph, "tool", ["ask"], { x: 0, y: 0 })).toEqual({
      end: { node: "ask", handle: "uses", side: "source" },
    });
    expect(whereNext(graph, "note", ["aside"], { x: 0, y: 0 })).toHaveProperty("point");
  });
});

describe("a step that is there", () => {
  it("is taken into an edge when it is free", () => {
    const made = withSplice(graph, "aside", "ask-done");
    expect(made && wires(made)).toEqual(["aside done", "ask aside", "start ask"]);
    expect(withSplice(graph, "ask", "ask-done")).toBeUndefined();
  });

  it("leaves no gap when it is taken out", () => {
    expect(wires(withoutJoined(graph, ["ask"]))).toEqual(["start done"]);
  });
});
