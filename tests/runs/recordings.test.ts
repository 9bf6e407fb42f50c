import type { EventOf, RunEvent } from "@signalbox/shared/events";
import { isNodeId } from "@signalbox/shared/nodes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Expected, expectedOf } from "../models/oracle.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";
import {
  asked,
  corporaFolder,
  listRecordedErrors,
  listRecordings,
  type ModelServer,
  type Recording,
  startModelServer,
  type WireApi,
} from "../support/model-server/index.ts";
import { comparable, folded, inLine, planOfRun, storedEvents } from "../support/replay.ts";

const found = listRecordings();
const recordings = found?.recordings ?? [];
const errors = listRecordedErrors() ?? [];

let server: ModelServer;
let engines: Record<WireApi, TestEngine>;

beforeAll(async () => {
  // an agent that was answered with calls asks again, and then it is told that all is done
  server = await startModelServer({
    script: (request) => {
      const { prompt, results } = asked(request);
      const [kind, index = "", bytes] = prompt.split(" ");
      if (results.length > 0) return { text: "done" };
      if (kind === "error") return errors[Number(index)] ?? {};
      const sse = recordings[Number(index)]?.sse ?? "";
      return bytes === undefined ? { sse } : { sse, chunkBytes: Number(bytes) };
    },
  });
  const keys = { OPENAI_API_KEY: "sk-test", ANTHROPIC_API_KEY: "sk-test" };
  const environment = { ...keys, OPENAI_BASE_URL: server.openAiUrl, ANTHROPIC_BASE_URL: server.anthropicUrl };
  const [chat, responses] = await Promise.all([
    startEngine("embedded", { ...environment, OPENAI_API: "chat" }),
    startEngine("postgres", { ...environment, OPENAI_API: "responses" }),
  ]);
  engines = { "openai-chat": chat, "openai-responses": responses, anthropic: responses };
});
afterAll(async () => {
  await Promise.all([engines["openai-chat"].stop(0), engines["openai-responses"].stop(0)]);
  await server.close();
});

/** An agent to which everything is wired that it will want to call and that a node may be named. */
function graphOf(api: WireApi, wanted: readonly string[]) {
  const names = [...new Set(wanted)].filter((name) => isNodeId(name) && !["start", "agent", "stop"].includes(name));
  const place = { position: { x: 0, y: 0 } };
  const model = api === "anthropic" ? "anthropic:claude-sonnet-5" : "openai:gpt-5-mini";
  const tools = names.map((id) => ({
    id,
    type: "tool",
    data: { tool: "code.javascript", arguments: { code: "return 1" } },
    ...place,
  }));
  const permissions = names.map((target) => ({ id: `uses_${target}`, source: "agent", sourceHandle: "uses", target }));
  return {
    format: "signalbox.graph/1",
    name: "Played",
    nodes: [
      { id: "start", type: "start", data: {}, ...place },
      { id: "agent", type: "agent", data: { model, prompt: "{{ input }}" }, ...place },
      { id: "stop", type: "end", data: { output: "{{ agent.text }}" }, ...place },
      ...tools,
    ],
    edges: [
      { id: "a", source: "start", target: "agent" },
      { id: "b", source: "agent", target: "stop" },
      ...permissions,
    ],
  };
}

/** Runs an agent that is answered with what the input names, and holds what came live against what was stored. */
async function runAgent(api: WireApi, input: string, wanted: readonly string[] = []): Promise<RunEvent[]> {
  const engine = engines[api];
  const run = await engine.run(graphOf(api, wanted), input);
  const live = await engine.follow(run);
  const [plan, stored] = await Promise.all([planOfRun(engine, run), storedEvents(engine, run)]);

  expect(live).toEqual(stored);
  expect(comparable(folded(plan, live))).toEqual(comparable(folded(plan, stored)));
  return live;
}

/** What the log says that the model answered first. */
async function heard(api: WireApi, log: readonly RunEvent[]): Promise<Expected | undefined> {
  const event = log.find((one): one is EventOf<"model.responded"> => one.type === "model.responded");
  if (!event) return undefined;
  const { refusal, usage, model, providerId } = event;
  const calls = await inLine(engines[api], event.toolCalls);
  return {
    text: await inLine(engines[api], event.text),
    calls: calls.map(({ id, name, arguments: given }) => ({ id, name, arguments: given })),
    refusal,
    usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens },
    model,
    providerId,
  };
}

const modelFailure = /^model_(failed|overloaded|rate_limited|bad_request|unauthorized|stream_truncated|unknown)$/;

describe.runIf(found)("an agent in a running workflow", () => {
  const numbered = recordings.map((recording, index) => ({ ...recording, index }));

  test.each(numbered)(
    "hears $api $name as it was said, whole and in pieces of 7 bytes, and the run replays",
    async (recording: Recording & { index: number }) => {
      const { api, index } = recording;
      const expected = expectedOf(recording);
      const wanted = "error" in expected ? [] : expected.calls.map(({ name }) => name);
      const logs = await Promise.all([`play ${index}`, `play ${index} 7`].map((input) => runAgent(api, input, wanted)));

      for (const log of logs) {
        const last = log.at(-1);
        if ("error" in expected) {
          expect(last).toMatchObject({
            type: "run.failed",
            error: {
              code: expect.stringMatching(modelFailure),
              message: expect.stringContaining(expected.error),
              node: "agent",
            },
          });
          continue;
        }
        expect(await heard(api, log)).toEqual(expected);
        if (expected.refusal === undefined) expect(last).toMatchObject({ type: "run.completed" });
        else expect(last).toMatchObject({ type: "run.failed", error: { code: "model_refused", node: "agent" } });
      }
    },
  );

  test.each(errors.map((error, index) => ({ ...error, index })))(
    "fails with what $api said when it refused with $status, as in $name",
    async ({ api, body, index }) => {
      const { error } = JSON.parse(body) as { error: { message: string } };
      const log = await runAgent(api, `error ${index}`);
      expect(log.at(-1)).toMatchObject({
        type: "run.failed",
        error: { code: expect.stringMatching(modelFailure), message: expect.stringContaining(error.message) },
      });
    },
  );

  test("has met nothing that the engine did not expect", () => {
    expect(Object.values(engines).flatMap((engine) => engine.errors)).toEqual([]);
  });
});

test.skipIf(found)(`SKIPPED: recordings of real servers, for there are no corpora at ${corporaFolder()}`, () => {});
