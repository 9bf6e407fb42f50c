import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshPostgresUrl } from "../support/databases.ts";
import { type EngineProcess, startEngineProcess } from "../support/engine-process.ts";
import { asked, type ModelServer, startModelServer } from "../support/model-server/index.ts";

const node = (id: string, type: string, data: object, parentId?: string) => ({
  id,
  type,
  ...(parentId === undefined ? {} : { parentId }),
  data,
  position: { x: 0, y: 0 },
});
const edge = (id: string, source: string, target: string, sourceHandle = "out") => ({
  id,
  source,
  sourceHandle,
  target,
  targetHandle: "in",
});
const agent = (prompt: string) => ({ model: "openai:played", prompt });

/** Agents one after another and side by side, one that calls a tool, and a person in the middle. */
const graph = {
  format: "signalbox.graph/1",
  name: "Killed",
  nodes: [
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
  edges: [
    edge("e1", "start", "first"),
    edge("e2", "first", "fan"),
    edge("e3", "right", "more"),
    edge("e4", "left", "count", "uses"),
    edge("e5", "fan", "ask"),
    edge("e6", "ask", "last", "approved"),
    edge("e7", "last", "stop"),
  ],
};

const rounds = 5;
const runsPerRound = 5;

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

  test(`completes all of ${rounds * runsPerRound} runs, each once, and repeats no model call that was answered`, async () => {
    const logs: RunEvent[][] = [];
    for (let round = 0; round < rounds; round += 1) {
      const names = Array.from({ length: runsPerRound }, (_, index) => `${kind}-${round}-${index}`);
      let engine = await startEngineProcess(environment);
      const runs = await Promise.all(names.map((name) => engine.run(graph, name)));
      const approving = approveAll(engine, runs).catch(() => undefined);
      await passed(Math.random() * 600);
      await engine.kill();
      await approving;

      engine = await startEngineProcess(environment);
      await approveAll(engine, runs);
      for (const run of runs) logs.push(await engine.follow(run));
      expect(await engine.stop()).toBe(0);
    }

    expect(logs).toHaveLength(rounds * runsPerRound);
    for (const log of logs) {
      expect(log.at(-1)).toMatchObject({ type: "run.completed" });
      expect(log.filter(endsRun)).toHaveLength(1);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
      expect(repeatedCalls(log)).toEqual([]);
    }
    // what the server was asked is no more than what the logs own up to
    const intents = logs.flat().filter(({ type }) => type === "model.called").length;
    expect(models.requests.length).toBeLessThanOrEqual(intents);
    const output = logs[0]?.at(-1);
    expect(output).toMatchObject({
      output: expect.stringMatching(/^answer to last .* answer to left .* answer to right/),
    });
  }, 300_000);
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
