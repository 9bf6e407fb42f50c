import { type Graph, parseGraph } from "@signalbox/shared/graph";
import { validateGraph } from "@signalbox/shared/validation";
import { expect, test } from "vitest";
import { useDocument } from "../document/store.ts";
import { fixFor } from "./fixes.ts";

function open(nodes: object[], edges: object[] = []): Graph {
  const parsed = parseGraph({ format: "signalbox.graph/1", name: "Test", nodes, edges });
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  const { graph } = parsed;
  useDocument.getState().open({ id: "wf_1", key: "test", name: "Test", revision: 1, graph, publishedVersion: null });
  return graph;
}

const at = { position: { x: 0, y: 0 } };
const offered = (code: string) => {
  const finding = validateGraph(useDocument.getState().graph).find((one) => one.code === code);
  return finding && fixFor(finding);
};

test("a fix of several steps is one step of the history, and Undo takes all of it back", () => {
  const before = open(
    [
      { id: "start", type: "start", data: {}, ...at },
      { id: "fan", type: "parallel", data: { mode: "lanes" }, ...at },
      { id: "a", type: "set", data: { values: { n: "x" } }, parentId: "fan", ...at },
    ],
    [{ id: "e", source: "start", target: "a" }],
  );
  const fix = offered("edge_crosses_frame");
  expect(fix?.label).toBe("Connect to the frame");
  fix?.apply();

  const { graph, history, undo } = useDocument.getState();
  expect(graph.edges.map(({ source, target }) => `${source}>${target}`)).toEqual(["start>fan"]);
  expect(history.past.map(({ label }) => label)).toEqual(["Connect to the frame"]);
  undo();
  expect(useDocument.getState().graph).toEqual(before);
});

test("what has changed since it was checked is left as it is", () => {
  open([
    { id: "start", type: "start", data: {}, ...at },
    { id: "a", type: "set", data: { values: { n: "Dear {{ imput.name }}" } }, ...at },
  ]);
  const fix = offered("expression_unknown_name");
  const { change } = useDocument.getState();
  change("Type", (graph) => ({
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.type === "set" ? { ...node, data: { values: { n: "Hello {{ imput }}" } } } : node,
    ),
  }));
  const typed = useDocument.getState().graph;
  fix?.apply();
  expect(useDocument.getState().graph).toEqual(typed);
  expect(useDocument.getState().history.past).toHaveLength(1);
});

test("a finding without an obvious way out offers none", () => {
  open([
    { id: "start", type: "start", data: {}, ...at },
    { id: "ask", type: "agent", data: {}, ...at },
  ]);
  expect(offered("required_missing")).toBeUndefined();
});
