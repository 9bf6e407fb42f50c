import type { Graph } from "@signalbox/shared/graph";
import { beforeEach, describe, expect, it } from "vitest";
import { addNode, connect, move, remove, setField } from "./commands.ts";
import { useDocument } from "./store.ts";

const graph: Graph = { format: "signalbox.graph/1", name: "Test", nodes: [], edges: [] };

const now = () => useDocument.getState();

beforeEach(() => {
  now().open({ id: "w", key: "test", name: "Test", revision: 1, graph, publishedVersion: null });
});

describe("undo and redo", () => {
  it("go back to the same graph and on to the same graph", () => {
    const first = addNode("start", { x: 0, y: 0 });
    const second = addNode(
      "agent",
      { x: 300, y: 0 },
      { wire: (id) => ({ source: first, sourceHandle: "out", target: id }) },
    );
    setField(second, "prompt", "Hello");
    move([{ id: second, position: { x: 320, y: 16 } }]);
    remove([first], []);
    const drawn = now().graph;
    const steps = now().history.past.length;
    expect(steps).toBe(5);
    for (let step = 0; step < steps; step += 1) now().undo();
    expect(now().graph).toEqual(graph);
    for (let step = 0; step < steps; step += 1) now().redo();
    expect(now().graph).toEqual(drawn);
  });

  it("take a gesture as one step", () => {
    const id = addNode("agent", { x: 0, y: 0 });
    for (const text of ["H", "He", "Hel"]) setField(id, "prompt", text);
    now().undo();
    expect(now().graph.nodes[0]?.data).toEqual({ model: "simulated", prompt: "{{ input }}" });
    now().redo();
    expect(now().graph.nodes[0]?.data).toEqual({ model: "simulated", prompt: "Hel" });
  });

  it("bring back the edges of a node that was taken away", () => {
    const first = addNode("start", { x: 0, y: 0 });
    const second = addNode("set", { x: 300, y: 0 });
    connect({ source: first, sourceHandle: "out", target: second });
    remove([second], []);
    expect(now().graph.edges).toEqual([]);
    now().undo();
    expect(now().graph.edges).toHaveLength(1);
    expect(now().graph.nodes).toHaveLength(2);
  });

  it("forget what was undone once something else is done, and leave alone what has not changed", () => {
    const first = addNode("start", { x: 0, y: 0 });
    const kept = now().graph.nodes[0];
    addNode("set", { x: 300, y: 0 });
    now().undo();
    addNode("end", { x: 300, y: 0 });
    now().redo();
    expect(now().graph.nodes.map(({ type }) => type)).toEqual(["start", "end"]);
    expect(now().graph.nodes.find(({ id }) => id === first)).toBe(kept);
  });
});
