import type { Graph } from "@signalbox/shared/graph";
import { describe, expect, it } from "vitest";
import { collapsedSize } from "../nodes/size.ts";
import { drawnEdge, drawnNode } from "../testing/drawing.ts";
import { crossingEdges, withBordersKept } from "./borders.ts";
import { boundsOf, overlaps, placesOf } from "./geometry.ts";
import { framesFor, withMovedInto } from "./into-frame.ts";
import { shownGraph } from "./shown.ts";

const node = (id: string, type: string, x: number, y: number, parentId?: string) =>
  drawnNode(id, type, { x, y, parentId });
const graph = {
  format: "signalbox.graph/1",
  name: "Test",
  nodes: [
    node("start", "start", 0, 0),
    node("before", "set", 300, 0),
    { ...node("outer", "loop", 600, 0), width: 1200, height: 800 },
    { ...node("inner", "parallel", 40, 80, "outer"), width: 600, height: 400 },
    node("ask", "agent", 32, 80, "inner"),
    node("stock", "tool", 100, 900),
    node("after", "set", 2000, 0),
  ],
  edges: [
    drawnEdge("start", "before"),
    drawnEdge("before", "outer"),
    drawnEdge("outer", "after"),
    drawnEdge("ask", "stock", "uses"),
  ],
} as Graph;

const idsOf = ({ nodes }: Graph) => nodes.map(({ id }) => id);
const rectOf = (of: Graph, id: string) => placesOf(of).get(id)!.rect;

describe("a collapsed frame", () => {
  it("hides what it holds, frames in it too, and is small", () => {
    const shown = shownGraph(graph, new Set(["outer"]));
    expect(idsOf(shown)).toEqual(["start", "before", "outer", "stock", "after"]);
    expect(rectOf(shown, "outer")).toMatchObject({ x: 600, y: 0, ...collapsedSize });
    // the drawing itself is as it was
    expect(rectOf(graph, "outer").width).toBe(1200);
  });

  it("keeps edges at its border, and stands for an agent inside that may call something outside", () => {
    const lines = (frames: string[]) =>
      shownGraph(graph, new Set(frames)).edges.map(
        ({ source, sourceHandle, target }) => `${source} ${sourceHandle} ${target}`,
      );
    expect(lines(["inner"])).toContain("inner uses stock");
    expect(lines(["inner", "outer"])).toEqual([
      "start out before",
      "before out outer",
      "outer out after",
      "outer uses stock",
    ]);
  });

  it("is the same drawing as long as nothing changes", () => {
    const frames = new Set(["inner"]);
    expect(shownGraph(graph, frames)).toBe(shownGraph(graph, frames));
    expect(shownGraph(graph, new Set())).toBe(graph);
  });
});

describe("an edge over a frame's border", () => {
  it("is found, and can lead to the frame instead", () => {
    const moved = withMovedInto(graph, ["before"], "inner");
    expect(crossingEdges(moved).map(({ id }) => id)).toEqual(["start-before", "before-outer"]);
    const kept = withBordersKept(moved, ["start-before", "before-outer"]);
    expect(crossingEdges(kept)).toEqual([]);
    // from inside a frame to the frame itself says nothing
    expect(kept.edges.map(({ source, target }) => `${source} ${target}`)).toEqual([
      "outer after",
      "ask stock",
      "start outer",
    ]);
  });

  it("is right where an agent may call what lies further out", () => {
    expect(crossingEdges(graph)).toEqual([]);
  });
});

describe("moving into and out of frames", () => {
  it("offers every other frame, and the open canvas to what lies in one", () => {
    const offered = (ids: string[]) => framesFor(graph, ids).map(({ frame }) => frame);
    expect(offered(["before"])).toEqual(["outer", "inner"]);
    expect(offered(["ask"])).toEqual([undefined, "outer"]);
    expect(offered(["outer"])).toEqual([]);
    expect(offered(["start"])).toEqual([]);
  });

  it("lays what comes in on free space, and makes the frames around it large enough", () => {
    const moved = withMovedInto(graph, ["before", "after"], "inner");
    const [inner, outer] = [rectOf(moved, "inner"), rectOf(moved, "outer")];
    for (const id of ["before", "after"]) {
      expect(overlaps(rectOf(moved, id), rectOf(moved, "ask"))).toBe(false);
      expect(boundsOf([inner, rectOf(moved, id)])).toEqual(inner);
    }
    expect(boundsOf([outer, inner])).toEqual(outer);
  });

  it("leaves in its place what is there already, and takes out what would still seem to be inside", () => {
    const out = withMovedInto(graph, ["ask"], undefined);
    expect(overlaps(rectOf(out, "ask"), rectOf(out, "outer"))).toBe(false);
    const lying = {
      ...graph,
      nodes: graph.nodes.map((one) => (one.id === "after" ? { ...one, position: { x: 1300, y: 100 } } : one)),
    };
    expect(rectOf(withMovedInto(lying as Graph, ["after"], "outer"), "after")).toEqual(rectOf(lying as Graph, "after"));
  });
});
