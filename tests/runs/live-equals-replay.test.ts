import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { newRun, type Run, reduceRun } from "@signalbox/shared/run";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DatabaseKind, databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";
import { type ModelServer, startModelServer } from "../support/model-server/index.ts";
import { comparable, folded, planOfRun, storedEvents } from "../support/replay.ts";
import { createScript } from "./played-models.ts";
import { type Scenario, scenarios } from "./scenarios.ts";

let models: ModelServer;
beforeAll(async () => {
  models = await startModelServer({ script: createScript() });
});
afterAll(() => models.close());

/** What a page that watches from the start had after each event, by the event's seq. */
type States = Map<number, ReturnType<typeof comparable>>;

/** Folds each event as it comes, and does what people do about it. */
async function watchFromStart(engine: TestEngine, id: string, { answer }: Scenario) {
  const run = newRun(await planOfRun(engine, id));
  const states: States = new Map();
  const done: Promise<unknown>[] = [];
  const events = await engine.follow(id, (event) => {
    reduceRun(run, event);
    states.set(event.seq, comparable(run));
    const wanted = answer?.(event);
    if (wanted === "cancel") done.push(engine.call("POST", `runs/${id}/cancel`));
    else if (wanted) {
      const decision = wanted.approve ? "approve" : "reject";
      done.push(engine.call("POST", `approvals/${wanted.approval}`, { decision, comment: "Seen." }));
    }
    return endsRun(event);
  });
  await Promise.all(done);
  return { events, states };
}

/** Comes late, loses its connection after every few events, and goes on after the last it had. */
async function watchWithBreaks(engine: TestEngine, id: string, chance: () => number) {
  const known = await storedEvents(engine, id, 1 + (chance() % 10));
  const late = known.slice(0, known.length === 0 ? 0 : chance() % known.length);
  const run: Run = folded(await planOfRun(engine, id), late);
  const states: States = new Map();
  const events: RunEvent[] = [];
  while (run.endedAt === null) {
    let left = 1 + (chance() % 6);
    const some = await engine.follow(id, (event) => --left === 0 || endsRun(event), run.seq);
    for (const event of some) {
      events.push(event);
      reduceRun(run, event);
      states.set(event.seq, comparable(run));
    }
  }
  return { after: late.length, events, states };
}

interface ServedState {
  seq: number;
  status: string;
  activations: { id: string; status: string; attempt: number }[];
  approvals: { id: string; status: string }[];
  edges: Record<string, unknown>;
  frames: { activation: string; counts: unknown }[];
}

const statuses = ({ seq, status, activations, approvals, edges, frames }: ServedState) => ({
  seq,
  status,
  activations: activations.map(({ id, status: now, attempt }) => [id, now, attempt]),
  approvals: approvals.map(({ id, status: now }) => [id, now]),
  edges,
  frames: frames.map(({ activation, counts }) => [activation, counts]),
});

function servedLike({
  seq,
  status,
  activations,
  approvals,
  edges,
  frames,
}: ReturnType<typeof comparable>): ServedState {
  return {
    seq,
    status,
    activations: [...activations.values()],
    approvals: [...approvals.values()],
    edges: Object.fromEntries(edges),
    frames: [...frames.values()],
  };
}

const dealt = scenarios.map((scenario, index) => ({ ...scenario, index }));
const shareOf = (kind: DatabaseKind) =>
  dealt.filter(({ index }) => index % databaseKinds.length === databaseKinds.indexOf(kind));

test("there are at least twenty kinds of runs", () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(20);
});

describe.each(databaseKinds)("live and replayed are equal on %s, for", (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind, { OPENAI_BASE_URL: models.openAiUrl });
  });
  afterAll(async () => {
    await engine.stop(0);
    expect(engine.errors).toEqual([]);
  });

  test.each(shareOf(kind))("$name", async (scenario) => {
    const chances = fc.sample(fc.nat(), { seed: scenario.index, numRuns: 2000 }).values();
    const chance = () => chances.next().value ?? 0;
    const id = await engine.run(scenario.graph, scenario.input);
    const [whole, broken] = await Promise.all([
      watchFromStart(engine, id, scenario),
      watchWithBreaks(engine, id, chance),
    ]);
    const afterwards = await watchWithBreaks(engine, id, chance);
    const stored = await storedEvents(engine, id, 7);

    expect(stored.at(-1)?.type).toBe(`run.${scenario.ends}`);
    expect(stored.map(({ type }) => type)).toContain(scenario.shows);
    expect(whole.events).toEqual(stored);
    expect(broken.events).toEqual(stored.slice(broken.after));
    expect(afterwards.events).toEqual(stored.slice(afterwards.after));

    const replay = newRun(await planOfRun(engine, id));
    for (const event of stored) {
      reduceRun(replay, event);
      const state = comparable(replay);
      expect(whole.states.get(event.seq)).toEqual(state);
      if (event.seq > broken.after) expect(broken.states.get(event.seq)).toEqual(state);
      if (event.seq > afterwards.after) expect(afterwards.states.get(event.seq)).toEqual(state);
      const served = await engine.call<ServedState>("GET", `runs/${id}/state?at=${event.seq}`);
      expect(statuses(served.body)).toEqual(statuses(servedLike(state)));
    }
  });
});
