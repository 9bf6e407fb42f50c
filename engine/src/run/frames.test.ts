import { endsRun, type RunEvent } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import { expect, test } from "vitest";
import { SignalboxError } from "../errors.ts";
import { smallGraph } from "../testing/graphs.ts";
import { tryRuns } from "../testing/try-runs.ts";
import type { Tool } from "../tools/tool.ts";

const start = { id: "start", type: "start" };
const frame = (id: string, data: object, parentId?: string) => ({
  id,
  type: "parallel",
  data,
  ...(parentId === undefined ? {} : { parentId }),
});
const set = (id: string, parentId: string, values: { [name: string]: Json } = {}) => ({
  id,
  type: "set",
  parentId,
  data: { values },
});
const call = (id: string, parentId: string, tool: string) => ({
  id,
  type: "tool",
  parentId,
  data: { tool, arguments: { item: "{{ item }}" } },
});
const stop = (output: string) => ({ id: "stop", type: "end", data: { output } });

function tool(name: string, answer: Tool["call"]): Tool {
  return { name, title: name, description: name, input: {}, output: {}, idempotent: true, outside: true, call: answer };
}

/** Fails for negative items, never answers for zero, gives back all others. */
const judge = tool("judge", async ({ item }, { signal }) => {
  if (Number(item) < 0) throw new SignalboxError("tool_failed", `No ${String(Number(item))}.`, { retryable: false });
  if (Number(item) === 0) await new Promise((_done, fail) => signal.addEventListener("abort", fail));
  return item ?? null;
});

async function outcomeOf(join: Json, items: Json): Promise<RunEvent | undefined> {
  const trial = tryRuns({ tools: [judge] });
  const graph = smallGraph({
    nodes: [
      start,
      frame("each", { mode: "forEach", items: "input", join }),
      call("work", "each", "judge"),
      stop("{{ each }}"),
    ],
    edges: ["start -> each", "each -> stop"],
  });
  return (await trial.until(await trial.start(graph, items), endsRun)).at(-1);
}

const completed = (output: Json) => ({ type: "run.completed", output });
const failed = (code: string) => ({ type: "run.failed", error: { code } });

test.each<[string, Json, Json, object]>([
  ["all give a value each", "all", [1, 2], completed([1, 2])],
  ["all fail with the first that fails, and call the rest off", "all", [0, 1, -1, 0], failed("tool_failed")],
  ["any is content with the first success and calls the rest off", "any", [0, 7, 0], completed([null, 7, null])],
  ["any passes over failures, which are null", "any", [-1, 0, 7], completed([null, null, 7])],
  ["any fails when all have failed", "any", [-1, -2], failed("tool_failed")],
  ["a count is content with so many", { count: 2 }, [0, 5, 6, 0], completed([null, 5, 6, null])],
  ["a count fails as soon as it cannot be reached", { count: 3 }, [1, 0, -1, -2], failed("tool_failed")],
  ["a count above the number of items cannot be reached", { count: 3 }, [1, 2], failed("frame_failed")],
  [
    "settled waits for all and keeps failures in their place",
    "settled",
    [1, -1, 2],
    completed([1, { error: { code: "tool_failed", message: "No -1." } }, 2]),
  ],
  ["all of an empty list is an empty list", "all", [], completed([])],
  ["any of an empty list is an empty list", "any", [], completed([])],
  ["a count of an empty list is an empty list", { count: 2 }, [], completed([])],
  ["settled of an empty list is an empty list", "settled", [], completed([])],
])("of items, %s", async (_name, join, items, expected) => {
  expect(await outcomeOf(join, items)).toMatchObject(expected);
});

test("what is no list cannot be gone through", async () => {
  expect(await outcomeOf("all", { a: 1 })).toMatchObject({
    type: "run.failed",
    error: { code: "expression_failed", node: "each" },
  });
});

test("for each in for each gives lists of lists, and the inner item hides the outer one", async () => {
  const trial = tryRuns();
  const graph = smallGraph({
    nodes: [
      start,
      frame("rows", { mode: "forEach", items: "input", concurrency: 2 }),
      set("row", "rows", { sum: "{{ size(item) }}" }),
      frame("cells", { mode: "forEach", items: "item" }, "rows"),
      set("cell", "cells", { is: "{{ item }} at {{ index }} of {{ row.sum }}" }),
      stop("{{ rows }}"),
    ],
    edges: ["start -> rows", "row -> cells", "rows -> stop"],
  });

  const events = await trial.until(await trial.start(graph, [["a", "b"], [], ["c"]]), endsRun);

  expect(events.at(-1)).toMatchObject(
    completed([[{ is: "a at 0 of 2" }, { is: "b at 1 of 2" }], [], [{ is: "c at 0 of 1" }]]),
  );
  const ids = events.flatMap((event) => (event.type === "node.completed" ? [event.activation] : []));
  expect(ids).toEqual(expect.arrayContaining(["cell@rows#0/cells#1", "cells@rows#1", "rows"]));
});

test("lanes in for each in lanes: each lane knows its name, and its value stands under it", async () => {
  const trial = tryRuns();
  const graph = smallGraph({
    nodes: [
      start,
      frame("fan", { mode: "lanes" }),
      set("left", "fan", { lane: "{{ lane }}" }),
      frame("right", { mode: "forEach", items: "input" }, "fan"),
      frame("inner", { mode: "lanes" }, "right"),
      set("up", "inner", { lane: "{{ lane }}", item: "{{ item }}" }),
      set("down", "inner", { lane: "{{ lane }}" }),
      stop("{{ fan }}"),
    ],
    edges: ["start -> fan", "fan -> stop"],
  });
  const events = await trial.until(await trial.start(graph, [1]), endsRun);
  expect(events.at(-1)).toMatchObject(
    completed({ left: { lane: "left" }, right: [{ up: { lane: "up", item: 1 }, down: { lane: "down" } }] }),
  );
});

test("a failure inside a frame takes the frame's error way", async () => {
  const trial = tryRuns({ tools: [judge] });
  const graph = smallGraph({
    nodes: [
      start,
      frame("each", { mode: "forEach", items: "input" }),
      call("work", "each", "judge"),
      stop("{{ each.code }} in {{ each.node }}"),
    ],
    edges: ["start -> each", "each:error -> stop"],
  });
  const events = await trial.until(await trial.start(graph, [0, -1]), endsRun);
  expect(events.at(-1)).toMatchObject(completed("tool_failed in each"));
});

test("an end that ends the whole run does so from inside a frame, and calls everything else off", async () => {
  const trial = tryRuns({ tools: [judge] });
  const graph = smallGraph({
    nodes: [
      start,
      frame("fan", { mode: "lanes" }),
      call("slow", "fan", "judge"),
      { id: "now", type: "end", parentId: "fan", data: { output: "done", terminate: true } },
      set("quick", "fan"),
      stop("never"),
    ].map((node) => (node.id === "slow" ? { ...node, data: { tool: "judge", arguments: { item: 0 } } } : node)),
    edges: ["start -> fan", "quick -> now", "fan -> stop"],
  });
  const events = await trial.until(await trial.start(graph), endsRun);
  expect(events.at(-1)).toMatchObject(completed("done"));
  expect(events.filter(({ type }) => type === "node.cancelled")).toHaveLength(2);
});

test("a branch none of whose cases is true, with nothing wired to else, leaves its frame complete", async () => {
  const trial = tryRuns();
  const graph = smallGraph({
    nodes: [
      start,
      frame("each", { mode: "forEach", items: "input" }),
      { id: "pick", type: "branch", parentId: "each", data: { cases: [{ id: "big", when: "item > 2" }] } },
      set("big", "each", { item: "{{ item }}" }),
      stop("{{ each }}"),
    ],
    edges: ["start -> each", "pick:big -> big", "each -> stop"],
  });
  const events = await trial.until(await trial.start(graph, [1, 3]), endsRun);
  expect(events.at(-1)).toMatchObject(completed([null, { item: 3 }]));
});

test("an approval in one lane leaves the other running on", async () => {
  const trial = tryRuns({ tools: [judge] });
  const graph = smallGraph({
    nodes: [
      start,
      frame("fan", { mode: "lanes" }),
      { id: "ask", type: "approval", parentId: "fan", data: { title: "?" } },
      { id: "one", type: "tool", parentId: "fan", data: { tool: "judge", arguments: { item: 1 } } },
      set("two", "fan", { seen: "{{ one }}" }),
      stop("{{ fan }}"),
    ],
    edges: ["start -> fan", "one -> two", "fan -> stop"],
  });
  const run = await trial.start(graph);
  const waiting = await trial.until(run, ({ type }) => type === "run.waiting");
  expect(waiting).toContainEqual(expect.objectContaining({ type: "node.completed", activation: "two@fan/one" }));
  const asked = waiting.find((event) => event.type === "approval.requested");
  await trial.runs.deliver(run, {
    kind: "vote",
    approval: asked?.approval ?? "",
    decision: "approve",
    decided: "approved",
    by: "ada",
  });
  expect((await trial.until(run, endsRun)).at(-1)).toMatchObject(
    completed({ ask: { decision: "approved", by: "ada", comment: null, values: {} }, one: { seen: 1 } }),
  );
});
