import type { FindingCode } from "../../validation/index.ts";
import { agent, begin, type FindingCase, node, set } from "./case.ts";

const removed = (edge: string) => ({ title: "Remove the edge", steps: [{ do: "remove_edge" as const, edge }] });
const branch = (id: string, ...cases: [id: string, when: string][]) =>
  node(id, "branch", { cases: cases.map(([one, when]) => ({ id: one, when })) });

/** What can be wrong with the ways through a graph, and with who may call whom. */
export const flow = {
  handle_unknown: [
    {
      what: "a way out that is written nearly right",
      nodes: [begin, agent("ask"), set("a")],
      edges: ["start>ask", "ask:eror>a"],
      found: {
        path: "edges.1.sourceHandle",
        node: "ask",
        edge: "ask:eror>a",
        detail: 'ask has no way out "eror". It has: out, error, budget.',
      },
      fix: {
        title: 'Leave by "error"',
        steps: [{ do: "set_handle", edge: "ask:eror>a", end: "sourceHandle", handle: "error" }],
      },
    },
    {
      what: "a way out of a node that has none",
      nodes: [begin, node("stop", "end"), set("a")],
      edges: ["start>stop", "start>a", "stop>a"],
      found: {
        path: "edges.2.sourceHandle",
        node: "stop",
        edge: "stop>a",
        detail: 'stop has no way out "out". It has: none.',
      },
      fix: removed("stop>a"),
    },
    {
      what: "another way in",
      nodes: [begin, set("a")],
      edges: [{ id: "e", source: "start", target: "a", targetHandle: "left" }],
      found: {
        path: "edges.0.targetHandle",
        node: "start",
        edge: "e",
        detail: 'a has one way in, called "in", not "left".',
      },
      fix: { title: 'Lead to "in"', steps: [{ do: "set_handle", edge: "e", end: "targetHandle", handle: "in" }] },
    },
    {
      what: "a permission of what can call nothing",
      nodes: [begin, set("a"), node("get", "tool", { tool: "http.request" })],
      edges: ["start>a", "a:uses>get"],
      found: {
        path: "edges.1.sourceHandle",
        node: "a",
        edge: "a:uses>get",
        detail: "a cannot call anything; only agents can. Remove the edge.",
      },
      fix: removed("a:uses>get"),
    },
  ],
  target_takes_nothing: [
    {
      what: "an edge into the start",
      nodes: [begin, set("a")],
      edges: ["start>a", "a>start"],
      found: {
        path: "edges.1.target",
        node: "a",
        edge: "a>start",
        detail: "Nothing can lead into start. Remove the edge.",
      },
      fix: removed("a>start"),
    },
  ],
  loop_two_entries: [
    {
      what: "a ring that is entered at two nodes",
      nodes: [begin, set("a"), set("b")],
      edges: ["start>a", "start>b", "a>b", "b>a"],
      found: {
        path: "nodes.1",
        node: "a",
        detail: "This loop is entered at a and b. A loop has one way in: lead all of them to one node.",
      },
    },
  ],
  loop_without_exit: [
    {
      what: "an edge back that is always taken",
      nodes: [begin, set("a"), set("b")],
      edges: ["start>a", "a>b", "b>a"],
      found: {
        path: "edges.2",
        node: "b",
        edge: "b>a",
        detail: "Edge b>a leads back to a in every pass, so this loop has no way out. Lead back from a branch.",
      },
    },
    {
      what: "a loop until what never comes, that leads on as if it came",
      nodes: [
        begin,
        node("again", "loop", { until: "false", maxIterations: 3 }),
        set("a", "x", { parentId: "again" }),
        set("b"),
      ],
      edges: ["start>again", "again>b"],
      found: {
        path: "nodes.1.data.until",
        node: "again",
        detail:
          'again never ends well: its "until" can never be true. It is always false. To repeat a number of times, lead on from "exhausted".',
        range: { start: 0, end: 5 },
      },
      fix: {
        title: 'Lead on from "exhausted"',
        steps: [{ do: "set_handle", edge: "again>b", end: "sourceHandle", handle: "exhausted" }],
      },
    },
    {
      what: "a loop until what never comes, whose failure leads on",
      nodes: [
        begin,
        node("again", "loop", { until: "iteration > 3 && iteration < 2", maxIterations: 3 }),
        set("a", "x", { parentId: "again" }),
        set("b"),
      ],
      edges: ["start>again", "again:error>b"],
      found: {
        severity: "warning",
        path: "nodes.1.data.until",
        node: "again",
        detail:
          'again never ends well: its "until" can never be true. iteration > 3 and iteration < 2 are never true together. To repeat a number of times, lead on from "exhausted".',
        range: { start: 17, end: 30 },
      },
    },
  ],
  node_unreachable: [
    {
      what: "a node that nothing leads to, and one open end",
      nodes: [begin, set("a"), set("b")],
      edges: ["start>a"],
      found: {
        severity: "warning",
        path: "nodes.2",
        node: "b",
        detail: "Nothing leads to b, so it never runs. Connect it, or remove it.",
      },
      fix: {
        title: "Connect it to a",
        steps: [{ do: "connect", source: "a", sourceHandle: "out", target: "b" }],
      },
    },
    {
      what: "a node that nothing leads to, and two open ends",
      nodes: [begin, branch("which", ["yes", "input"]), set("b")],
      edges: ["start>which"],
      found: {
        severity: "warning",
        path: "nodes.2",
        node: "b",
        detail: "Nothing leads to b, so it never runs. Connect it, or remove it.",
      },
    },
  ],
  join_unreachable: [
    {
      what: "a join of more edges than there are",
      nodes: [begin, set("a"), set("b"), node("both", "set", { values: { n: "x" }, join: { count: 3 } })],
      edges: ["start>a", "start>b", "a>both", "b>both"],
      found: {
        path: "nodes.3.data.join",
        node: "both",
        detail: "both waits for 3 edges, but only 2 lead into it. Let it wait for fewer.",
      },
      fix: { title: "Wait for 2", steps: [{ do: "set_field", node: "both", path: ["join", "count"], value: 2 }] },
    },
    {
      what: "a header of a loop that waits for more edges than lead back",
      nodes: [
        begin,
        node("write", "set", { values: { n: "x" }, join: { count: 2 } }),
        branch("good", ["no", "input.a"]),
      ],
      input: { type: "object", properties: { a: { type: "boolean" } } },
      edges: ["start>write", "write>good", "good:no>write"],
      found: {
        path: "nodes.1.data.join",
        node: "write",
        detail: "write waits for 2 edges, but only 1 lead into it. Let it wait for fewer.",
      },
      fix: { title: "Wait for 1", steps: [{ do: "set_field", node: "write", path: ["join", "count"], value: 1 }] },
    },
    {
      what: "a join of edges where none comes in",
      nodes: [begin, node("alone", "set", { values: { n: "x" }, join: { count: 1 } })],
      found: {
        path: "nodes.1.data.join",
        node: "alone",
        detail: "alone waits for 1 edges, but only 0 lead into it. Let it wait for fewer.",
      },
      fix: { title: "Wait for all", steps: [{ do: "set_field", node: "alone", path: ["join"] }] },
    },
  ],
  uses_not_usable: [
    {
      what: "an agent that may call what cannot be called",
      nodes: [begin, agent("ask"), set("a")],
      edges: ["start>ask", "start>a", "ask:uses>a"],
      found: {
        path: "edges.2.target",
        node: "ask",
        edge: "ask:uses>a",
        detail: "An agent cannot call a; it can call tools and other agents. Remove the edge.",
      },
      fix: removed("ask:uses>a"),
    },
  ],
  uses_and_flow: [
    {
      what: "a tool that is called and lies in the flow",
      nodes: [begin, agent("ask"), node("get", "tool", { tool: "http.request" })],
      edges: ["start>ask", "start>get", "ask:uses>get"],
      found: {
        path: "edges.1.target",
        node: "start",
        edge: "start>get",
        detail: "get is called by an agent and also lies in the flow. It can be one or the other: duplicate it.",
      },
    },
    {
      what: "a tool that is called and leads on",
      nodes: [begin, agent("ask"), node("get", "tool", { tool: "http.request" }), set("a")],
      edges: ["start>ask", "ask>a", "get>a", "ask:uses>get"],
      found: {
        path: "edges.2.source",
        node: "get",
        edge: "get>a",
        detail: "get is called by an agent, so nothing can follow it in the flow. Duplicate it.",
      },
    },
  ],
  uses_cycle: [
    {
      what: "agents that may call each other",
      nodes: [begin, agent("one"), agent("two"), agent("ask")],
      edges: ["start>ask", "ask:uses>one", "one:uses>two", "two:uses>one"],
      found: {
        path: "edges.3",
        node: "two",
        edge: "two:uses>one",
        detail: "one and two would call each other without end. Remove one of the edges.",
      },
      fix: removed("two:uses>one"),
    },
  ],
  uses_out_of_reach: [
    {
      what: "an agent outside of the frame of what it may call",
      nodes: [
        begin,
        agent("ask"),
        node("fan", "parallel", { mode: "lanes" }),
        set("a", "x", { parentId: "fan" }),
        node("get", "tool", { tool: "http.request" }, { parentId: "fan" }),
      ],
      edges: ["start>ask", "ask>fan", "ask:uses>get"],
      found: {
        path: "edges.2",
        node: "ask",
        edge: "ask:uses>get",
        detail: "get lies in a frame that ask is not in. Move it into the same frame or out of it.",
      },
    },
  ],
} satisfies Partial<Record<FindingCode, FindingCase[]>>;
