import type { EventOf, RunEvent } from "@signalbox/shared/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Expected, expectedOf } from "../models/oracle.ts";
import { corporaFolder, type WireApi } from "../support/model-server/index.ts";
import {
  hasRecordings,
  type NumberedRecording,
  type Players,
  recordings,
  refusals,
  startPlayers,
} from "../support/played-recordings.ts";
import { comparable, folded, inLine, planOfRun, storedEvents } from "../support/replay.ts";

let players: Players;

beforeAll(async () => {
  players = await startPlayers();
});
afterAll(() => players.stop());

/** Runs an agent that is answered with what the input names, and holds what came live against what was stored. */
async function runAgent(api: WireApi, input: string, wanted: readonly string[] = []): Promise<RunEvent[]> {
  const engine = players.engineFor(api);
  const run = await players.start(api, input, wanted);
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
  const engine = players.engineFor(api);
  const calls = await inLine(engine, event.toolCalls);
  return {
    text: await inLine(engine, event.text),
    calls: calls.map(({ id, name, arguments: given }) => ({ id, name, arguments: given })),
    refusal,
    usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens },
    model,
    providerId,
  };
}

const modelFailure = /^model_(failed|overloaded|rate_limited|bad_request|unauthorized|stream_truncated|unknown)$/;

describe.runIf(hasRecordings)("an agent in a running workflow", () => {
  test.each(recordings)(
    "hears $api $name as it was said, whole and in pieces of 7 bytes, and the run replays",
    async (recording: NumberedRecording) => {
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

  test.each(refusals)(
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
    expect(players.engines.flatMap((engine) => engine.errors)).toEqual([]);
  });
});

test.skipIf(hasRecordings)(
  `SKIPPED: recordings of real servers, for there are no corpora at ${corporaFolder()}`,
  () => {},
);
