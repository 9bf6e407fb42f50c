import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SignalboxError } from "../../engine/src/errors.ts";
import {
  corporaFolder,
  listRecordedErrors,
  listRecordings,
  type ModelServer,
  startModelServer,
} from "../support/model-server/index.ts";
import { ask, connect, listen } from "./connect.ts";
import { expectedOf } from "./oracle.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const found = listRecordings();
const errors = listRecordedErrors() ?? [];

describe.runIf(found)("recordings of real servers", () => {
  test("there are all of them", () => {
    expect(found?.recordings.length).toBeGreaterThanOrEqual(162);
    expect(found?.excluded.map(({ name }) => name)).toEqual([
      // the legacy completions API, which we do not speak
      "vercel-ai/openai/openai-completion-text.chunks.json",
    ]);
  });

  test.each(found?.recordings ?? [])("$api reads $name, whole and in pieces of 7 bytes", async (recording) => {
    const model = connect(server, recording.api);
    const play = async (chunkBytes?: number) => {
      server.play([{ sse: recording.sse, ...(chunkBytes && { chunkBytes }) }]);
      try {
        return await listen(model, ask());
      } catch (error) {
        if (error instanceof SignalboxError) return { failed: { code: error.code, message: error.message } };
        throw error;
      }
    };
    const whole = await play();
    expect(await play(7)).toEqual(whole);

    const expected = expectedOf(recording);
    if ("error" in expected) {
      expect(whole).toMatchObject({ failed: { message: expect.stringContaining(expected.error) } });
      return;
    }
    if ("failed" in whole) throw new Error(`${whole.failed.code}: ${whole.failed.message}`);
    const { text, toolCalls, refusal, usage, model: name, providerId } = whole.response;
    expect({
      text,
      calls: toolCalls.map(({ id, name: tool, arguments: given }) => ({ id, name: tool, arguments: given })),
      refusal,
      usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens },
      model: name,
      providerId,
    }).toEqual(expected);
    // what people saw while it spoke is what was kept, unless the provider began again or marked remarks, or the
    // recording lost some of its deltas
    if (!recording.name.match(/spliced-message-start|phase|shell-container.1/)) expect(whole.text).toBe(text);
    expect(whole.response.stop === "tool_calls").toBe(expected.calls.length > 0 && expected.refusal === undefined);
  });

  test.each(errors)("$api explains the refusal $status of $name", async ({ api, status, body }) => {
    server.play([{ status, body }]);
    const { error } = JSON.parse(body) as { error: { message: string; code?: string | null } };
    const unknown = status === 404 || error.code === "model_not_found";
    const code = status === 429 ? "model_rate_limited" : unknown ? "model_unknown" : "model_bad_request";
    await expect(listen(connect(server, api), ask())).rejects.toMatchObject({
      code,
      message: expect.stringContaining(error.message),
      facts: { retryable: status === 429 },
    });
  });
});

test.skipIf(found)(`SKIPPED: recordings of real servers, for there are no corpora at ${corporaFolder()}`, () => {});
