import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { expect, test } from "vitest";
import type { Model } from "../models/model.ts";
import { smallGraph } from "../testing/graphs.ts";
import { createMemoryStore } from "../testing/memory-store.ts";
import { type TrialParts, tryRuns } from "../testing/try-runs.ts";
import type { Tool } from "../tools/tool.ts";

const start = { id: "start", type: "start" };
const graph = smallGraph({
  nodes: [
    start,
    { id: "pay", type: "tool", data: { tool: "pay", arguments: { amount: 3 } } },
    { id: "stop", type: "end", data: { output: "{{ pay }}" } },
  ],
  edges: ["start -> pay", "pay -> stop"],
});

function tool(idempotent: boolean, call: Tool["call"]): Tool {
  return { name: "pay", title: "Pay", description: "Pays.", input: {}, output: {}, idempotent, outside: true, call };
}

const hanging: Tool["call"] = () => new Promise(() => {});

/** An engine that is cut off in the middle of a call, and the next one on the same store. */
async function cutOff(before: TrialParts, after: TrialParts, whenever: RunEvent["type"] = "tool.called") {
  const store = createMemoryStore();
  const first = tryRuns({ ...before, store });
  const run = await first.start(graph);
  await first.until(run, ({ type }) => type === whenever);
  const second = tryRuns({ ...after, store });
  expect(await second.runs.resumeAll()).toBe(1);
  return { run, second };
}

test("a call that may be repeated is made again after a crash, with the same key", async () => {
  const keys: string[] = [];
  const note =
    (call: Tool["call"]): Tool["call"] =>
    (args, context) => {
      keys.push(context.idempotencyKey);
      return call(args, context);
    };
  const { run, second } = await cutOff(
    { tools: [tool(true, note(hanging))] },
    {
      tools: [
        tool(
          true,
          note(async () => "paid"),
        ),
      ],
    },
  );
  expect((await second.until(run, endsRun)).at(-1)).toMatchObject({ type: "run.completed", output: "paid" });
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test.each([
  ["retry", undefined, { type: "run.completed", output: "paid" }, 1],
  ["done", { receipt: 7 }, { type: "run.completed", output: { receipt: 7 } }, 0],
  ["fail", undefined, { type: "run.failed", error: { code: "tool_failed", node: "pay" } }, 0],
] as const)(
  "a call that may not be repeated is in doubt after a crash, until a person says %s",
  async (decision, output, expected, calls) => {
    let made = 0;
    const { run, second } = await cutOff(
      { tools: [tool(false, hanging)] },
      {
        tools: [
          tool(false, async () => {
            made += 1;
            return "paid";
          }),
        ],
      },
    );
    const waiting = await second.until(run, ({ type }) => type === "run.waiting");
    expect(waiting.at(-2)).toMatchObject({ type: "node.in_doubt", activation: "pay", tool: "pay" });
    expect(made).toBe(0);

    const said = output === undefined ? {} : { output: { ...output } };
    await second.runs.deliver(run, { kind: "resolve", activation: "pay", decision, by: "ada", ...said });

    expect((await second.until(run, endsRun)).at(-1)).toMatchObject(expected);
    expect(made).toBe(calls);
  },
);

test("the engine that was believed dead writes nothing more", async () => {
  const answer = Promise.withResolvers<string>();
  const { run, second } = await cutOff(
    { tools: [tool(true, () => answer.promise)] },
    { tools: [tool(true, async () => "paid by the second")] },
  );
  const ended = await second.until(run, endsRun);
  answer.resolve("paid by the first");
  await new Promise((done) => setImmediate(done));
  expect(await second.events(run)).toEqual(ended);
  expect(ended.at(-1)).toMatchObject({ output: "paid by the second" });
});

test("a model is not asked again for what it has answered, and is asked again for what it has not", async () => {
  const asking = smallGraph({
    nodes: [
      start,
      { id: "one", type: "agent", data: { model: "played", prompt: "one" } },
      { id: "two", type: "agent", data: { model: "played", prompt: "two" } },
      { id: "stop", type: "end", data: { output: "{{ one.text }} {{ two.text }}" } },
    ],
    edges: ["start -> one", "one -> two", "two -> stop"],
  });
  const asked: string[] = [];
  const playing = (hangsAt?: string): Model => ({
    stream: async function* (request) {
      const [message] = request.messages;
      const prompt = message?.role === "user" ? message.text : "";
      asked.push(prompt);
      if (prompt === hangsAt) await new Promise(() => {});
      yield {
        type: "end",
        response: {
          text: `said ${prompt}`,
          toolCalls: [],
          stop: "end",
          model: "played",
          usage: { inputTokens: 1, outputTokens: 1 },
        },
      };
    },
  });
  const store = createMemoryStore();
  const first = tryRuns({ store, model: playing("two") });
  const run = await first.start(asking);
  await first.until(run, (event) => event.type === "model.called" && event.activation === "two");
  const second = tryRuns({ store, model: playing() });
  await second.runs.resumeAll();
  const events = await second.until(run, endsRun);
  expect(events.at(-1)).toMatchObject({ type: "run.completed", output: "said one said two" });
  expect(asked.filter((prompt) => prompt === "one")).toHaveLength(1);
  expect(events.filter(({ type }) => type === "model.called")).toHaveLength(3);
});
