import { endsRun, type RunEvent } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import { expect, test } from "vitest";
import { SignalboxError } from "../errors.ts";
import { smallGraph } from "../testing/graphs.ts";
import { handClock } from "../testing/hand-clock.ts";
import { tryRuns } from "../testing/try-runs.ts";
import type { Tool } from "../tools/tool.ts";

const set = (id: string, values: { [name: string]: Json } = {}, more = {}) => ({
  id,
  type: "set",
  data: { values, ...more },
});
const start = { id: "start", type: "start" };

function tool(name: string, call: Tool["call"], idempotent = true): Tool {
  return {
    name,
    title: name,
    description: name,
    input: { type: "object" },
    output: {},
    idempotent,
    outside: true,
    call,
  };
}

function story(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === "edge.taken" || event.type === "edge.dead") return [`${event.type} ${event.edge}`];
    return "activation" in event ? [`${event.type} ${event.activation}`] : [event.type];
  });
}

const last = (events: readonly RunEvent[]) => events.at(-1);

test("a sequence runs in order and gives its end's value", async () => {
  const trial = tryRuns();
  const graph = smallGraph({
    nodes: [
      start,
      set("twice", { n: "{{ input.n * 2 }}" }),
      { id: "stop", type: "end", data: { output: "{{ twice.n }}" } },
    ],
    edges: ["start -> twice", "twice -> stop"],
  });

  const events = await trial.until(await trial.start(graph, { n: 21 }), endsRun);

  expect(last(events)).toMatchObject({ type: "run.completed", output: 42 });
  expect(story(events)).toEqual([
    "run.created",
    "run.claimed",
    "run.started",
    "node.started start",
    "node.completed start",
    "edge.taken e01",
    "node.started twice",
    "node.completed twice",
    "edge.taken e02",
    "node.started stop",
    "node.completed stop",
    "run.completed",
  ]);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
});

test("a join after a choice runs once and does not wait for the way not taken", async () => {
  const trial = tryRuns();
  const graph = smallGraph({
    nodes: [
      start,
      { id: "pick", type: "branch", data: { cases: [{ id: "big", when: "input.n > 10" }] } },
      set("large"),
      set("small"),
      set("after", { big: "{{ large != null }}" }),
      { id: "stop", type: "end", data: { output: "{{ after.big }}" } },
    ],
    edges: [
      "start -> pick",
      "pick:big -> large",
      "pick:else -> small",
      "large -> after",
      "small -> after",
      "after -> stop",
    ],
  });

  const events = await trial.until(await trial.start(graph, { n: 3 }), endsRun);

  expect(last(events)).toMatchObject({ type: "run.completed", output: false });
  expect(story(events)).toContain("node.skipped large");
  expect(story(events).filter((line) => line === "node.started after")).toHaveLength(1);
});

test("a branch whose ways lead nowhere is dead there and the run completes", async () => {
  const trial = tryRuns();
  const graph = smallGraph({
    nodes: [start, { id: "pick", type: "branch", data: { cases: [{ id: "never", when: "false" }] } }, set("unseen")],
    edges: ["start -> pick", "pick:never -> unseen"],
  });
  const events = await trial.until(await trial.start(graph), endsRun);
  expect(last(events)).toMatchObject({ type: "run.completed", output: null });
});

test("for each item the body runs once, in at most the given number at a time, and the values keep their order", async () => {
  let now = 0;
  let most = 0;
  const slow = tool("slow", async ({ n }) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((done) => setImmediate(done));
    now -= 1;
    return Number(n) * 10;
  });
  const trial = tryRuns({ tools: [slow] });
  const graph = smallGraph({
    nodes: [
      start,
      { id: "each", type: "parallel", data: { mode: "forEach", items: "input", concurrency: 3 } },
      { id: "work", type: "tool", parentId: "each", data: { tool: "slow", arguments: { n: "{{ item }}" } } },
      { id: "stop", type: "end", data: { output: "{{ each }}" } },
    ],
    edges: ["start -> each", "each -> stop"],
  });

  const events = await trial.until(await trial.start(graph, [1, 2, 3, 4, 5, 6, 7]), endsRun);

  expect(last(events)).toMatchObject({ output: [10, 20, 30, 40, 50, 60, 70] });
  expect(most).toBe(3);
  expect(story(events)).toContain("node.completed work@each#6");
});

test("an empty list gives an empty list at once", async () => {
  const trial = tryRuns();
  const graph = smallGraph({
    nodes: [
      start,
      { id: "each", type: "parallel", data: { mode: "forEach", items: "input" } },
      { ...set("work"), parentId: "each" },
      { id: "stop", type: "end", data: { output: "{{ each }}" } },
    ],
    edges: ["start -> each", "each -> stop"],
  });
  expect(last(await trial.until(await trial.start(graph, []), endsRun))).toMatchObject({ output: [] });
});

test("the first failing lane cancels the others on the wire and fails the run", async () => {
  const aborted: string[] = [];
  const hang = tool("hang", (_args, { signal }) => {
    return new Promise((_done, fail) => {
      signal.addEventListener("abort", () => {
        aborted.push("hang");
        fail(new SignalboxError("cancelled", "off"));
      });
    });
  });
  const broken = tool("broken", async () => {
    throw new SignalboxError("tool_failed", "It broke.");
  });
  const trial = tryRuns({ tools: [hang, broken] });
  const graph = smallGraph({
    nodes: [
      start,
      { id: "fan", type: "parallel", data: { mode: "lanes" } },
      { id: "good", type: "tool", parentId: "fan", data: { tool: "hang" } },
      { id: "poor", type: "tool", parentId: "fan", data: { tool: "broken" } },
    ],
    edges: ["start -> fan"],
  });

  const events = await trial.until(await trial.start(graph), endsRun);

  expect(last(events)).toMatchObject({ type: "run.failed", error: { code: "tool_failed", node: "poor" } });
  expect(story(events)).toContain("node.cancelled good@fan/good");
  expect(aborted).toEqual(["hang"]);
});

test("an end that ends the run leaves nothing open that would have started with it", async () => {
  const trial = tryRuns();
  const graph = smallGraph({
    nodes: [
      start,
      { id: "halt", type: "end", data: { output: "halted", terminate: true } },
      { id: "later", type: "approval", data: { title: "?" } },
    ],
    edges: ["start -> halt", "start -> later"],
  });
  const events = await trial.until(await trial.start(graph), endsRun);
  expect(last(events)).toMatchObject({ type: "run.completed", output: "halted" });
  expect(story(events)).not.toContain("node.started later");
});

test("a wired error handle takes the failure on, with what went wrong", async () => {
  const broken = tool("broken", async () => {
    throw new SignalboxError("tool_failed", "It broke.", { retryable: false });
  });
  const trial = tryRuns({ tools: [broken] });
  const graph = smallGraph({
    nodes: [
      start,
      { id: "poor", type: "tool", data: { tool: "broken" } },
      { id: "mended", type: "end", data: { output: "{{ poor.code }}: {{ poor.message }}" } },
    ],
    edges: ["start -> poor", "poor:error -> mended"],
  });
  const events = await trial.until(await trial.start(graph), endsRun);
  expect(last(events)).toMatchObject({ type: "run.completed", output: "tool_failed: It broke." });
});

test("a failing node is tried again when its wait is over, with the same key", async () => {
  const clock = handClock();
  const keys: string[] = [];
  const shaky = tool("shaky", async (_args, { idempotencyKey }) => {
    keys.push(idempotencyKey);
    if (keys.length < 3) throw new SignalboxError("tool_failed", "Not yet.");
    return "done";
  });
  const trial = tryRuns({ tools: [shaky], clock });
  const graph = smallGraph({
    nodes: [start, { id: "call", type: "tool", data: { tool: "shaky", retry: { attempts: 3, backoff: "10s" } } }],
    edges: ["start -> call"],
  });

  const run = await trial.start(graph);
  await trial.until(run, ({ type }) => type === "run.waiting");
  clock.moveBy(10_000);
  await trial.until(run, (event) => event.type === "node.retrying" && event.attempt === 2);
  clock.moveBy(20_000);
  const events = await trial.until(run, endsRun);

  expect(last(events)).toMatchObject({ type: "run.completed" });
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(3);
});

test("a timeout covers all attempts and cuts the work off", async () => {
  const clock = handClock();
  const hang = tool(
    "hang",
    (_args, { signal }) => new Promise((_done, fail) => signal.addEventListener("abort", fail)),
  );
  const trial = tryRuns({ tools: [hang], clock });
  const graph = smallGraph({
    nodes: [start, { id: "call", type: "tool", data: { tool: "hang", timeout: "30s" } }],
    edges: ["start -> call"],
  });
  const run = await trial.start(graph);
  await trial.until(run, ({ type }) => type === "tool.called");
  clock.moveBy(30_000);
  const events = await trial.until(run, endsRun);
  expect(last(events)).toMatchObject({ type: "run.failed", error: { code: "timeout" } });
});

test("cancelling ends the run after the aborts and names the effects nobody knows of", async () => {
  const hang = tool(
    "hang",
    (_args, { signal }) => new Promise((_done, fail) => signal.addEventListener("abort", fail)),
  );
  const trial = tryRuns({ tools: [hang] });
  const graph = smallGraph({
    nodes: [start, { id: "call", type: "tool", data: { tool: "hang" } }, set("after")],
    edges: ["start -> call", "call -> after"],
  });
  const run = await trial.start(graph);
  await trial.until(run, ({ type }) => type === "tool.called");
  await trial.runs.deliver(run, { kind: "cancel", by: "ada" });
  const events = await trial.until(run, endsRun);
  expect(story(events).slice(-3)).toEqual(["run.cancel_requested", "node.cancelled call", "run.cancelled"]);
  expect(last(events)).toMatchObject({ unknown: [{ activation: "call", tool: "hang" }] });
});

test("an approval waits, a person decides, and the way they chose is taken", async () => {
  const trial = tryRuns();
  const graph = smallGraph({
    nodes: [
      start,
      { id: "ask", type: "approval", data: { title: "Send {{ input.what }}?" } },
      { id: "yes", type: "end", data: { output: "{{ ask.by }} said {{ ask.decision }}: {{ ask.comment }}" } },
      { id: "no", type: "end", data: { output: "no" } },
    ],
    edges: ["start -> ask", "ask:approved -> yes", "ask:rejected -> no"],
  });
  const run = await trial.start(graph, { what: "it" });
  const waiting = await trial.until(run, ({ type }) => type === "run.waiting");
  const asked = waiting.find((event) => event.type === "approval.requested");
  expect(asked).toMatchObject({ title: "Send it?" });

  await trial.runs.deliver(run, {
    kind: "vote",
    approval: asked?.type === "approval.requested" ? asked.approval : "",
    decision: "approve",
    decided: "approved",
    by: "ada",
    comment: "fine",
  });
  const events = await trial.until(run, endsRun);
  expect(last(events)).toMatchObject({ type: "run.completed", output: "ada said approved: fine" });
});

test("an approval that is not answered by its due time takes its expired way", async () => {
  const clock = handClock();
  const trial = tryRuns({ clock });
  const graph = smallGraph({
    nodes: [
      start,
      { id: "ask", type: "approval", data: { title: "?", dueIn: "2h" } },
      { id: "late", type: "end", data: { output: "{{ ask.decision }}" } },
    ],
    edges: ["start -> ask", "ask:expired -> late"],
  });
  const run = await trial.start(graph);
  await trial.until(run, ({ type }) => type === "run.waiting");
  clock.moveBy(2 * 3600_000);
  expect(last(await trial.until(run, endsRun))).toMatchObject({ type: "run.completed", output: "expired" });
});
