import { endsRun, type RunEvent } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import { expect, test } from "vitest";
import { smallGraph } from "../testing/graphs.ts";
import { tryRuns } from "../testing/try-runs.ts";

const start = { id: "start", type: "start" };
const loop = (id: string, until: string, maxIterations: number, parentId?: string) => ({
  id,
  type: "loop",
  data: { until, maxIterations },
  ...(parentId === undefined ? {} : { parentId }),
});
const set = (id: string, values: { [name: string]: Json }, parentId?: string) => ({
  id,
  type: "set",
  data: { values },
  ...(parentId === undefined ? {} : { parentId }),
});
const branch = (id: string, when: string) => ({ id, type: "branch", data: { cases: [{ id: "yes", when }] } });
const stop = (output: string, id = "stop") => ({ id, type: "end", data: { output } });

async function runOf(graph: Parameters<typeof smallGraph>[0], input: Json = null): Promise<RunEvent[]> {
  const trial = tryRuns();
  return await trial.until(await trial.start(smallGraph(graph), input), endsRun);
}

const outcome = (events: readonly RunEvent[]) => events.at(-1);
const started = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === "node.started" ? event.activation : []));
const passes = (events: readonly RunEvent[]) => events.filter(({ type }) => type === "loop.iterated").length;

test("a loop repeats its body until its condition holds, and its value is the last pass's", async () => {
  const events = await runOf({
    nodes: [
      start,
      loop("grow", "add.n >= 6", 10),
      set("add", { n: "{{ iteration * 2 }}" }, "grow"),
      stop("{{ grow }}"),
    ],
    edges: ["start -> grow", "grow -> stop"],
  });
  expect(outcome(events)).toMatchObject({ type: "run.completed", output: { n: 6 } });
  expect(started(events)).toEqual(["start", "grow", "add@grow#1", "add@grow#2", "add@grow#3", "stop"]);
});

test("a pass reaches what the one before gave", async () => {
  const events = await runOf({
    nodes: [
      start,
      loop("grow", "iteration == 4", 10),
      set("add", { n: "{{ iteration == 1 ? 1 : previous.add.n * 2 }}" }, "grow"),
      stop("{{ grow.n }}"),
    ],
    edges: ["start -> grow", "grow -> stop"],
  });
  expect(outcome(events)).toMatchObject({ output: 8 });
});

test.each<[string, string[], object]>([
  ["goes on by its own way out when it is wired", ["grow:exhausted -> stop"], { type: "run.completed", output: 3 }],
  ["fails when it is not", ["grow -> stop"], { type: "run.failed", error: { code: "loop_exhausted", node: "grow" } }],
])("a loop that is not done after its most passes %s", async (_name, edges, expected) => {
  const events = await runOf({
    nodes: [start, loop("grow", "false", 3), set("add", { n: "{{ iteration }}" }, "grow"), stop("{{ grow.n }}")],
    edges: ["start -> grow", ...edges],
  });
  expect(outcome(events)).toMatchObject(expected);
  expect(passes(events)).toBe(3);
});

const review = {
  nodes: [
    start,
    set("write", { text: "{{ 'draft ' + string(iteration) }}" }),
    branch("good", "iteration == 3"),
    stop("{{ write.text }}"),
  ],
  edges: ["start -> write", "write -> good", "good:yes -> stop", "good:else -> write"],
};

test("an edge back to an earlier node makes a loop: each pass has activations of its own", async () => {
  const events = await runOf(review);
  expect(outcome(events)).toMatchObject({ type: "run.completed", output: "draft 3" });
  expect(started(events)).toEqual([
    "start",
    "write@write#1",
    "good@write#1",
    "write@write#2",
    "good@write#2",
    "write@write#3",
    "good@write#3",
    "stop",
  ]);
  const marked = events.flatMap((event) => (event.type === "edge.taken" ? `${event.edge} ${event.scope}`.trim() : []));
  expect(marked.filter((edge) => edge.startsWith("e04"))).toEqual(["e04 write#1", "e04 write#2"]);
  // delivered once, when the loop is at rest, to where the loop stands
  expect(marked.filter((edge) => edge.startsWith("e03"))).toEqual(["e03"]);
});

test("a loop of edges that takes too many passes fails the run", async () => {
  const graph = smallGraph({ ...review, nodes: [...review.nodes.slice(0, 2), branch("good", "false"), stop("x")] });
  const [back] = graph.edges.filter(({ id }) => id === "e04");
  if (back) back.data = { maxIterations: 4 };
  const trial = tryRuns();
  const events = await trial.until(await trial.start(graph), endsRun);
  expect(outcome(events)).toMatchObject({ type: "run.failed", error: { code: "loop_exhausted", node: "write" } });
  expect(passes(events)).toBe(4);
});

test("loops of edges nest, and an inner one begins anew in each outer pass", async () => {
  const events = await runOf({
    nodes: [
      start,
      set("outer", { n: "{{ iteration }}" }),
      set("inner", { n: "{{ outer.n * 10 + iteration }}" }),
      branch("again", "iteration < 2"),
      branch("over", "outer.n == 2"),
      stop("{{ inner.n }}"),
    ],
    edges: [
      "start -> outer",
      "outer -> inner",
      "inner -> again",
      "again:yes -> inner",
      "again:else -> over",
      "over:yes -> stop",
      "over:else -> outer",
    ],
  });
  expect(outcome(events)).toMatchObject({ type: "run.completed", output: 22 });
  expect(started(events).filter((id) => id.startsWith("inner"))).toEqual([
    "inner@outer#1/inner#1",
    "inner@outer#1/inner#2",
    "inner@outer#2/inner#1",
    "inner@outer#2/inner#2",
  ]);
});

test("an edge out of a loop that was taken in an early pass is delivered with the value of then", async () => {
  const events = await runOf({
    nodes: [
      start,
      set("write", { n: "{{ iteration }}" }),
      {
        id: "once",
        type: "branch",
        data: {
          mode: "all",
          cases: [
            { id: "first", when: "iteration == 1" },
            { id: "always", when: "true" },
          ],
        },
      },
      { ...set("rare", { n: "{{ iteration }}" }) },
      branch("again", "iteration < 3"),
      stop("{{ rare.n }}", "early"),
      stop("{{ write.n }}", "late"),
    ],
    edges: [
      "start -> write",
      "write -> once",
      "once:first -> rare",
      "rare -> again",
      "rare -> early",
      "once:always -> again",
      "again:yes -> write",
      "again:else -> late",
    ],
  });
  // the early way out was taken in the first pass alone, and leads on once the loop is at rest
  expect(outcome(events)).toMatchObject({ output: { early: 1, late: 3 } });
  const ends = started(events).slice(-2);
  expect(ends).toEqual(["early", "late"]);
});

test("a loop that cannot be entered is skipped with all it holds", async () => {
  const events = await runOf({
    ...review,
    nodes: [...review.nodes, branch("way", "false"), stop("none", "other")],
    edges: ["start -> way", "way:yes -> write", "way:else -> other", ...review.edges.slice(1)],
  });
  expect(outcome(events)).toMatchObject({ type: "run.completed", output: "none" });
  const skipped = events.flatMap((event) => (event.type === "node.skipped" ? event.node : []));
  expect(skipped.sort()).toEqual(["good", "stop", "write"]);
});

test("what fails in a loop of edges fails what holds the loop", async () => {
  const events = await runOf({
    nodes: [
      start,
      { id: "fan", type: "parallel", data: { mode: "forEach", items: "[1, 2]", join: "settled" } },
      { ...set("first", { n: "{{ item }}" }), parentId: "fan" },
      { ...set("write", { n: "{{ [1, 2][2 - item + iteration] }}" }), parentId: "fan" },
      { ...branch("again", "iteration < 3"), parentId: "fan" },
      stop("{{ fan }}"),
    ],
    edges: ["start -> fan", "first -> write", "write -> again", "again:yes -> write", "fan -> stop"],
  });
  expect(outcome(events)).toMatchObject({
    type: "run.completed",
    output: [{ error: { code: "expression_failed" } }, { error: { code: "expression_failed" } }],
  });
});
