import type { FindingCode } from "../../validation/index.ts";
import { agent, begin, type FindingCase, node, set } from "./case.ts";

const removed = (edge: string) => ({ title: "Remove the edge", steps: [{ do: "remove_edge" as const, edge }] });
const lanes = (id: string, more: object = {}) => node(id, "parallel", { mode: "lanes" }, more);
const inside = (parentId: string) => ({ parentId });

/** What can be wrong with nodes, edges and frames. */
export const drawing = {
  start_missing: [
    {
      what: "no start, and one node that nothing leads to",
      nodes: [set("a"), set("b")],
      edges: ["a>b"],
      found: { path: "nodes", detail: "There is no start node. Add one from the palette." },
      fix: {
        title: "Add a start",
        steps: [
          { do: "add_node", id: "start", type: "start", x: -320, y: 0 },
          { do: "connect", source: "start", sourceHandle: "out", target: "a" },
        ],
      },
    },
    {
      what: "nothing at all",
      nodes: [],
      found: { path: "nodes", detail: "There is no start node. Add one from the palette." },
      fix: { title: "Add a start", steps: [{ do: "add_node", id: "start", type: "start", x: 0, y: 0 }] },
    },
  ],
  start_duplicate: [
    {
      what: "a second start",
      nodes: [begin, node("again", "start")],
      found: { path: "nodes.1", node: "again", detail: "A workflow has one start; again is one more. Remove it." },
      fix: { title: "Remove the node", steps: [{ do: "remove_node", node: "again" }] },
    },
  ],
  start_in_frame: [
    {
      what: "a start in a frame",
      nodes: [
        node("start", "start", {}, { parentId: "fan", position: { x: 20, y: 30 } }),
        lanes("fan", { position: { x: 100, y: 100 } }),
      ],
      found: { path: "nodes.0", node: "start", detail: "The start cannot lie inside a frame. Move it out." },
      fix: { title: "Move it out", steps: [{ do: "move_node", node: "start", x: 120, y: 130 }] },
    },
  ],
  id_duplicate: [
    {
      what: "two nodes of one id",
      nodes: [begin, set("a"), set("a")],
      edges: ["start>a"],
      found: { path: "nodes.2.id", node: "a", detail: 'Two nodes have the id "a". Rename one.' },
      fix: { title: 'Rename it to "a_2"', steps: [{ do: "rename", list: "nodes", id: "a", nth: 1, to: "a_2" }] },
    },
    {
      what: "two edges of one id",
      nodes: [begin, set("a"), set("b")],
      edges: [
        { id: "e", source: "start", target: "a" },
        { id: "e", source: "start", target: "b" },
      ],
      found: { path: "edges.1.id", node: "start", edge: "e", detail: 'Two edges have the id "e". Rename one.' },
      fix: { title: "Give it another id", steps: [{ do: "rename", list: "edges", id: "e", nth: 1, to: "e-2" }] },
    },
  ],
  required_missing: [
    {
      what: "an agent without a prompt",
      nodes: [begin, agent("ask", { prompt: "" })],
      edges: ["start>ask"],
      found: { path: "nodes.1.data.prompt", node: "ask", detail: 'ask needs "prompt". Fill it in.' },
    },
  ],
  not_runnable: [
    {
      what: "a trigger that is not carried out yet",
      nodes: [node("start", "start", { triggers: [{ kind: "manual" }, { kind: "schedule" }] })],
      found: {
        path: "nodes.0.data.triggers.1",
        node: "start",
        detail: 'start: "triggers" 2 is not carried out by this version yet. Remove it.',
      },
      fix: { title: 'Remove "triggers" 2', steps: [{ do: "set_field", node: "start", path: ["triggers", 1] }] },
    },
  ],
  edge_dangling: [
    {
      what: "an edge to nothing",
      nodes: [begin],
      edges: ["start>gone"],
      found: {
        path: "edges.0.target",
        node: "start",
        edge: "start>gone",
        detail: 'Edge start>gone ends at "gone", which is not in the graph. Remove it.',
      },
      fix: removed("start>gone"),
    },
    {
      what: "an edge from nothing",
      nodes: [begin],
      edges: ["gone>start"],
      found: {
        path: "edges.0.source",
        node: "gone",
        edge: "gone>start",
        detail: 'Edge gone>start begins at "gone", which is not in the graph. Remove it.',
      },
      fix: removed("gone>start"),
    },
  ],
  edge_duplicate: [
    {
      what: "an edge beside an equal one",
      nodes: [begin, set("a")],
      edges: ["start>a", { id: "again", source: "start", target: "a" }],
      found: {
        severity: "warning",
        path: "edges.1",
        node: "start",
        edge: "again",
        detail: "Edge again repeats another edge. Remove it.",
      },
      fix: removed("again"),
    },
  ],
  edge_crosses_frame: [
    {
      what: "an edge into a frame",
      nodes: [begin, lanes("fan"), set("a", "x", inside("fan"))],
      edges: ["start>a"],
      found: {
        path: "edges.0",
        node: "start",
        edge: "start>a",
        detail: "Edge start>a from start to a crosses a frame's border. Connect to the frame itself.",
      },
      fix: {
        title: "Connect to the frame",
        steps: [
          { do: "remove_edge", edge: "start>a" },
          { do: "connect", source: "start", sourceHandle: "out", target: "fan" },
        ],
      },
    },
    {
      what: "an edge from one frame into another",
      nodes: [begin, lanes("fan"), set("a", "x", inside("fan")), lanes("next"), set("b", "x", inside("next"))],
      edges: ["start>fan", "a>b"],
      found: {
        path: "edges.1",
        node: "a",
        edge: "a>b",
        detail: "Edge a>b from a to b crosses a frame's border. Connect to the frame itself.",
      },
      fix: {
        title: "Connect to the frame",
        steps: [
          { do: "remove_edge", edge: "a>b" },
          { do: "connect", source: "fan", sourceHandle: "out", target: "next" },
        ],
      },
    },
    {
      what: "an edge from a frame to what it holds",
      nodes: [begin, lanes("fan"), set("a", "x", inside("fan"))],
      edges: ["start>fan", "fan>a"],
      found: {
        path: "edges.1",
        node: "fan",
        edge: "fan>a",
        detail: "Edge fan>a from fan to a crosses a frame's border. Connect to the frame itself.",
      },
      fix: removed("fan>a"),
    },
  ],
  parent_missing: [
    {
      what: "a node in what is no frame",
      nodes: [begin, set("a", "x", inside("start"))],
      found: { path: "nodes.1.parentId", node: "a", detail: 'a lies in "start", which is no frame. Move it out.' },
      fix: { title: "Move it out", steps: [{ do: "move_node", node: "a", x: 0, y: 0 }] },
    },
  ],
  parent_cycle: [
    {
      what: "a frame in itself",
      nodes: [begin, lanes("fan", inside("fan"))],
      found: { path: "nodes.1.parentId", node: "fan", detail: "fan lies inside itself. Move it out." },
      fix: { title: "Move it out", steps: [{ do: "move_node", node: "fan", x: 0, y: 0 }] },
    },
  ],
  frame_too_deep: [
    {
      what: "a node in 17 frames",
      nodes: [
        begin,
        ...Array.from({ length: 17 }, (_, index) => lanes(`f${index}`, index === 0 ? {} : inside(`f${index - 1}`))),
        set("a", "x", inside("f16")),
      ],
      found: {
        path: "nodes.18.parentId",
        node: "a",
        detail: "a lies more than 16 frames deep. Move it out, or make a subflow of it.",
      },
    },
  ],
  frame_empty: [
    {
      what: "a frame that holds a note",
      nodes: [begin, lanes("fan"), node("word", "note", { text: "Later." }, inside("fan"))],
      edges: ["start>fan"],
      found: { path: "nodes.1", node: "fan", detail: "fan holds nothing that runs. Drag nodes into it." },
    },
    {
      what: "a frame in which nodes lead to each other and nothing leads to them",
      nodes: [begin, lanes("fan"), set("a", "x", inside("fan")), set("b", "x", inside("fan"))],
      edges: ["start>fan", "a>b", "b>a"],
      found: {
        path: "nodes.1",
        node: "fan",
        detail: "Nothing in fan begins: every node in it is led to by another. Put a step before them.",
      },
    },
  ],
  end_in_frame: [
    {
      what: "an end in a frame that does not end the run",
      nodes: [begin, lanes("fan"), node("stop", "end", {}, inside("fan"))],
      edges: ["start>fan"],
      found: {
        path: "nodes.2.data.terminate",
        node: "stop",
        detail:
          'stop lies inside a frame, where an end must end the whole run. Remove it, or set "Ends the whole run".',
      },
      fix: {
        title: "End the whole run",
        steps: [{ do: "set_field", node: "stop", path: ["terminate"], value: true }],
      },
    },
  ],
} satisfies Partial<Record<FindingCode, FindingCase[]>>;
