import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshPostgresUrl } from "../support/databases.ts";
import { drawing, edge, node } from "../support/drawing.ts";
import { type EngineProcess, startEngineProcess } from "../support/engine-process.ts";
import { asked, type ModelServer, startModelServer } from "../support/model-server/index.ts";

const agent = (prompt: string) => ({ model: "openai:played", prompt });

/** Agents one after another and side by side, one that calls a tool, and a person in the middle. */
const graph = drawing(
  [
    node("start", "start", {}),
    node("first", "agent", agent("first {{ input }}")),
    node("fan", "parallel", { mode: "lanes" }),
    node("left", "agent", agent("left {{ input }}"), "fan"),
    node("right", "agent", agent("right {{ input }}"), "fan"),
    node("more", "agent", agent("more {{ input }}"), "fan"),
    node(
      "count",
      "tool",
      { tool: "code.javascript", arguments: { code: "return { length: String(input).length }" } },
      "fan",
    ),
    node("ask", "approval", { title: "Go on with {{ input }}?" }),
    node("last", "agent", agent("last {{ input }}")),
    node("stop", "end", { output: "{{ last.text }} / {{ fan.left.text }} / {{ fan.right.text }}" }),
  ],
  [
    edge("start", "first"),
    edge("first", "fan"),
    edge("right", "more"),
    edge("left", "count", "uses"),
    edge("fan", "ask"),
    edge("ask", "last", "approved"),
    edge("last", "stop"),
  ],
);

const kills = 10;
const runsPerKill = 5;
/** The runs of one round take about this long when nothing disturbs them. */
const longestWaitMs = 500;

describe.each(["embedded", "postgres"] as const)("an engine on %s that is killed at a random moment", (kind) => {
  let models: ModelServer;
  let folder: string;
  let environment: Record<string, string>;

  beforeAll(async () => {
    models = await startModelServer({
      script: (request) => {
        const { prompt, results } = asked(request);
        if (prompt.startsWith("left") && results.length === 0) {
          return { toolCalls: [{ name: "count", arguments: { input: prompt } }], delayMs: 15 };
        }
        return { text: `answer to ${prompt}`, chunk: 6, delayMs: 15 };
      },
    });
    folder = await mkdtemp(join(tmpdir(), "signalbox-kill-"));
    environment = {
      OPENAI_BASE_URL: models.openAiUrl,
      SIGNALBOX_DATA: folder,
      ...(kind === "postgres" ? { DATABASE_URL: await freshPostgresUrl() } : {}),
    };
  });
  afterAll(async () => {
    await models.close();
    await rm(folder, { recursive: true, force: true });
  });

  test(`completes all of ${kills * runsPerKill} runs after ${kills} kills, each once, and repeats no model call that was answered`, async () => {
    const runs: string[] = [];
    let engine = await startEngineProcess(environment);
    for (let round = 0; round < kills; round += 1) {
      const names = Array.from({ length: runsPerKill }, (_, index) => `${kind}-${round}-${index}`);
      runs.push(...(await Promise.all(names.map((name) => engine.run(graph, name)))));
      // those of the rounds before may still be at work, and meet a second kill
      const approving = approveAll(engine, runs.slice(-3 * runsPerKill)).catch(() => undefined);
      await passed(Math.random() * longestWaitMs);
      await engine.kill();
      await approving;
      engine = await startEngineProcess(environment);
    }
    await approveAll(engine, runs);
    const logs = await Promise.all(runs.map((run) => engine.follow(run)));
    expect(await engine.stop()).toBe(0);

    expect(logs).toHaveLength(kills * runsPerKill);
    for (const log of logs) {
      expect(log.at(-1)).toMatchObject({ type: "run.completed" });
      expect(log.filter(endsRun)).toHaveLength(1);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
      expect(repeatedCalls(log)).toEqual([]);
    }
    // what the server was asked is no more than what the logs own up to
    const intents = logs.flat().filter(({ type }) => type === "model.called").length;
    expect(models.requests.length).toBeLessThanOrEqual(intents);
    // a test that never hit a run at work would prove nothing
    const claims = logs.flat().filter(({ type }) => type === "run.claimed").length;
    expect(claims).toBeGreaterThan(logs.length);
    expect(logs[0]?.at(-1)).toMatchObject({
      output: expect.stringMatching(/^answer to last .* answer to left .* answer to more/),
    });
  }, 600_000);
});

/** Approves for each run as soon as it asks, until all have ended; fails when the engine is gone. */
async function approveAll(engine: EngineProcess, runs: readonly string[]): Promise<void> {
  await Promise.all(
    runs.map(async (run) => {
      const log = await engine.follow(run, (event) => event.type === "approval.requested" || endsRun(event));
      const asking = log.at(-1);
      if (asking?.type !== "approval.requested") return;
      const { status } = await engine.call("POST", `approvals/${asking.approval}`, { decision: "approve" });
      expect([200, 409]).toContain(status);
    }),
  );
}

/** Model calls that were made again although their answer was in the log. */
function repeatedCalls(log: readonly RunEvent[]): string[] {
  const answered = new Set<string>();
  const repeated: string[] = [];
  for (const event of log) {
    if (event.type === "model.responded") answered.add(`${event.activation} ${event.call}`);
    if (event.type === "model.called" && answered.has(`${event.activation} ${event.call}`)) {
      repeated.push(`${event.activation} ${event.call}`);
    }
  }
  return repeated;
}

/** The random moment is the point of the test, so here time itself is awaited. */
function passed(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
