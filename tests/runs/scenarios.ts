import { smallGraph } from "@signalbox/engine/testing";
import type { RunEvent } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";

/** What people do when an event comes: decide on an approval, or call the run off. */
type Answer = (event: RunEvent) => { approve: boolean; approval: string } | "cancel" | undefined;

export interface Scenario {
  name: string;
  graph: Graph;
  input?: Json;
  answer?: Answer;
  /** How the run must end, so that a scenario plays what it says. */
  ends: "completed" | "failed" | "cancelled";
  /** An event that must come. */
  shows: RunEvent["type"];
}

const start = { id: "start", type: "start" };
const agent = (id: string, prompt: string, more: object = {}) => ({
  id,
  type: "agent",
  data: { model: "openai:played", prompt, ...more },
});
const set = (id: string, values: { [name: string]: Json } = { done: true }) => ({ id, type: "set", data: { values } });
const ask = (id: string, more: object = {}) => ({
  id,
  type: "approval",
  data: { title: "Go on with {{ run.id }}?", ...more },
});
const stop = (output: Json, more: object = {}) => ({ id: "stop", type: "end", data: { output, ...more } });
const frame = (id: string, data: object) => ({ id, type: "parallel", data });
const inside = <Node extends object>(parentId: string, node: Node) => ({ ...node, parentId });

const approveAll: Answer = (event) =>
  event.type === "approval.requested" ? { approve: true, approval: event.approval } : undefined;
const rejectAll: Answer = (event) =>
  event.type === "approval.requested" ? { approve: false, approval: event.approval } : undefined;
const cancelAt =
  (type: RunEvent["type"]): Answer =>
  (event) =>
    event.type === type ? "cancel" : undefined;

const list: readonly (Omit<Scenario, "graph"> & {
  nodes: Parameters<typeof smallGraph>[0]["nodes"];
  edges: readonly string[];
})[] = [
  {
    name: "a sequence",
    ends: "completed",
    shows: "node.completed",
    input: { n: 20 },
    nodes: [
      start,
      set("twice", { n: "{{ input.n * 2 }}" }),
      set("more", { n: "{{ twice.n + 2 }}" }),
      stop("{{ more.n }}"),
    ],
    edges: ["start -> twice", "twice -> more", "more -> stop"],
  },
  {
    name: "a choice and a join after it",
    ends: "completed",
    shows: "node.skipped",
    input: 3,
    nodes: [
      start,
      { id: "pick", type: "branch", data: { cases: [{ id: "big", when: "input > 9" }] } },
      set("large"),
      set("small"),
      set("after"),
      stop("ok"),
    ],
    edges: [
      "start -> pick",
      "pick:big -> large",
      "pick:else -> small",
      "large -> after",
      "small -> after",
      "after -> stop",
    ],
  },
  {
    name: "several ways at once, joined by count",
    ends: "completed",
    shows: "edge.dead",
    input: 5,
    nodes: [
      start,
      {
        id: "pick",
        type: "branch",
        data: {
          mode: "all",
          cases: [
            { id: "a", when: "input > 1" },
            { id: "b", when: "input > 2" },
            { id: "c", when: "input > 9" },
          ],
        },
      },
      set("one"),
      set("two"),
      set("three"),
      { id: "meet", type: "set", data: { values: {}, join: { count: 2 } } },
    ],
    edges: [
      "start -> pick",
      "pick:a -> one",
      "pick:b -> two",
      "pick:c -> three",
      "one -> meet",
      "two -> meet",
      "three -> meet",
    ],
  },
  {
    name: "lanes of agents",
    ends: "completed",
    shows: "model.responded",
    input: "x",
    nodes: [
      start,
      frame("fan", { mode: "lanes" }),
      inside("fan", agent("left", "left {{ input }}")),
      inside("fan", agent("right", "right {{ input }}")),
      inside("fan", set("far")),
      stop("{{ fan }}"),
    ],
    edges: ["start -> fan", "fan -> stop", "right -> far"],
  },
  {
    name: "the first of several lanes, the rest called off",
    ends: "completed",
    shows: "node.cancelled",
    nodes: [
      start,
      frame("fan", { mode: "lanes", join: "any" }),
      inside("fan", agent("slow", "hang")),
      inside("fan", agent("quick", "quick")),
      stop("{{ fan.quick.text }}"),
    ],
    edges: ["start -> fan", "fan -> stop"],
  },
  {
    name: "for each of a list, a few at a time",
    ends: "completed",
    shows: "frame.lane_started",
    input: [1, 2, 3, 4, 5, 6, 7],
    nodes: [
      start,
      frame("each", { mode: "forEach", items: "input", concurrency: 2 }),
      inside("each", agent("say", "say {{ item }}")),
      inside("each", set("keep", { at: "{{ index }}" })),
      stop("{{ each }}"),
    ],
    edges: ["start -> each", "say -> keep", "each -> stop"],
  },
  {
    name: "lists within lanes",
    ends: "completed",
    shows: "frame.lane_ended",
    input: [[1, 2], [], [3]],
    nodes: [
      start,
      frame("outer", { mode: "forEach", items: "input" }),
      inside("outer", frame("inner", { mode: "forEach", items: "item" })),
      inside("inner", agent("say", "say {{ item }}")),
      inside("outer", frame("pair", { mode: "lanes" })),
      inside("pair", set("a")),
      inside("pair", set("b")),
      stop("{{ outer }}"),
    ],
    edges: ["start -> outer", "outer -> stop", "inner -> pair"],
  },
  {
    name: "an approval that is given",
    ends: "completed",
    shows: "approval.decided",
    answer: approveAll,
    nodes: [start, ask("ask"), stop("{{ ask.decision }}")],
    edges: ["start -> ask", "ask:approved -> stop"],
  },
  {
    name: "an approval that is refused",
    ends: "completed",
    shows: "approval.decided",
    answer: rejectAll,
    nodes: [start, ask("ask"), set("yes"), stop("no")],
    edges: ["start -> ask", "ask:approved -> yes", "ask:rejected -> stop"],
  },
  {
    name: "an approval that nobody answers in time",
    ends: "completed",
    shows: "approval.expired",
    nodes: [start, ask("ask", { dueIn: "40ms" }), stop("late")],
    edges: ["start -> ask", "ask:expired -> stop"],
  },
  {
    name: "an approval for each of a list",
    ends: "completed",
    shows: "run.resumed",
    input: ["a", "b", "c"],
    answer: approveAll,
    nodes: [
      start,
      frame("each", { mode: "forEach", items: "input" }),
      inside("each", ask("ask")),
      inside("each", agent("say", "say {{ item }}")),
      stop("{{ each }}"),
    ],
    edges: ["start -> each", "ask:approved -> say", "each -> stop"],
  },
  {
    name: "a node that fails once and is tried again",
    ends: "completed",
    shows: "node.retrying",
    input: "first",
    nodes: [
      start,
      agent("say", "shaky {{ run.id }}", { retry: { attempts: 3, backoff: "10ms" } }),
      stop("{{ say.text }}"),
    ],
    edges: ["start -> say", "say -> stop"],
  },
  {
    name: "a failure that is taken care of",
    ends: "completed",
    shows: "node.failed",
    nodes: [start, agent("say", "broken"), stop("{{ say.code }}")],
    edges: ["start -> say", "say:error -> stop"],
  },
  {
    name: "a failure that ends the run and what runs beside it",
    ends: "failed",
    shows: "node.cancelled",
    nodes: [start, agent("say", "broken"), agent("slow", "hang")],
    edges: ["start -> say", "start -> slow"],
  },
  {
    name: "a run that is called off while a model speaks",
    ends: "cancelled",
    shows: "run.cancel_requested",
    answer: cancelAt("model.called"),
    nodes: [start, agent("slow", "hang"), set("after")],
    edges: ["start -> slow", "slow -> after"],
  },
  {
    name: "a run that is called off while it waits for people",
    ends: "cancelled",
    shows: "run.waiting",
    answer: cancelAt("run.waiting"),
    nodes: [start, frame("fan", { mode: "lanes" }), inside("fan", ask("one")), inside("fan", ask("two"))],
    edges: ["start -> fan"],
  },
  {
    name: "values too large for the log",
    ends: "completed",
    shows: "model.responded",
    input: { pages: Array.from({ length: 3 }, (_, page) => `${page} `.repeat(6000)) },
    nodes: [
      start,
      frame("each", { mode: "forEach", items: "input.pages" }),
      inside("each", set("page", { text: "{{ item }}" })),
      agent("say", "large"),
      stop({ all: "{{ each }}", said: "{{ say.text }}" }),
    ],
    edges: ["start -> each", "each -> say", "say -> stop"],
  },
  {
    name: "an agent that calls tools, a specialist and what is not there",
    ends: "completed",
    shows: "tool.refused",
    nodes: [
      start,
      agent("say", "tools"),
      { id: "count", type: "tool", data: { tool: "code.javascript", arguments: { code: "return input.length" } } },
      agent("helper", "unused"),
      stop("{{ say.text }}"),
    ],
    edges: ["start -> say", "say:uses -> count", "say:uses -> helper", "say -> stop"],
  },
  {
    name: "a node that takes too long",
    ends: "completed",
    shows: "timer.fired",
    nodes: [start, agent("slow", "hang", { timeout: "60ms" }), stop("{{ slow.code }}")],
    edges: ["start -> slow", "slow:error -> stop"],
  },
  {
    name: "lanes of which some fail, all waited for",
    ends: "completed",
    shows: "node.failed",
    input: ["broken", "well", "broken"],
    nodes: [
      start,
      frame("each", { mode: "forEach", items: "input", join: "settled" }),
      inside("each", agent("say", "{{ item }}")),
      stop("{{ each }}"),
    ],
    edges: ["start -> each", "each -> stop"],
  },
  {
    name: "an end that ends everything",
    ends: "completed",
    shows: "node.cancelled",
    nodes: [start, agent("slow", "hang"), agent("quick", "quick"), stop("enough", { terminate: true })],
    edges: ["start -> slow", "start -> quick", "quick -> stop"],
  },
];

/** One run of each kind that the format speaks of. */
export const scenarios: readonly Scenario[] = list.map(({ nodes, edges, ...rest }) => ({
  ...rest,
  graph: smallGraph({ nodes, edges }),
}));
