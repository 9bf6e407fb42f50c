/**
 * What the engine costs on top of its database. Method: a chain of ten `set` nodes is run to its end, one run at a time
 * and 32 at once, each from its start to its durable last event. Beside it, in the same rounds and through the same
 * driver, the database alone: commits of one row, and of two, one after another on one connection. Disks and machines
 * differ, so only ratios taken in one round are printed, as the median of all rounds. It states figures and judges none.
 *
 * Run it with `pnpm bench`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createLocalDispatcher,
  createRunStore,
  createRuns,
  createSignalStore,
  newId,
  type OpenDatabase,
  openDatabase,
  smallGraph,
  systemClock,
} from "@signalbox/engine/testing";
import { endsRun } from "@signalbox/shared/events";
import { startPostgres } from "../support/postgres.ts";

const nodes = 10;
const rounds = 5;
const msPerMeasure = 1500;
const atOnce = 32;

interface Round {
  /** Commits a second of one row, one after another. */
  oneRow: number;
  twoRows: number;
  /** Node transitions a second. */
  alone: number;
  together: number;
}

const ids = Array.from({ length: nodes }, (_, index) => `step_${index}`);
const chain = smallGraph({
  nodes: [
    { id: "start", type: "start" },
    ...ids.map((id, index) => ({
      id,
      type: "set",
      data: { values: { n: index === 0 ? "{{ input + 1 }}" : `{{ ${ids[index - 1]}.n + 1 }}` } },
    })),
  ],
  edges: ids.map((id, index) => `${ids[index - 1] ?? "start"} -> ${id}`),
});

/** How often `work` ends in a second, while as many as `lanes` are under way. */
async function perSecond(work: () => Promise<void>, lanes = 1): Promise<number> {
  const from = performance.now();
  let done = 0;
  const lane = async () => {
    while (performance.now() - from < msPerMeasure) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return (done / (performance.now() - from)) * 1000;
}

async function measure(name: string, { db, close }: OpenDatabase): Promise<void> {
  const space = `space_${newId()}`;
  const at = new Date().toISOString();
  await db.insertInto("space").values({ id: space, name: "Bench", created_at: at }).execute();
  const ended = new Map<string, () => void>();
  const runs = createRuns({
    store: createRunStore(db, { clock: systemClock, newId }),
    signals: createSignalStore(db, { clock: systemClock, newId }),
    credentials: {
      open: () => {
        throw new Error("A chain of set nodes sends no credential.");
      },
    },
    findWorkflow: () => {
      throw new Error("A chain of set nodes runs no other workflow.");
    },
    dispatcher: createLocalDispatcher(systemClock, (error) => {
      throw error;
    }),
    clock: systemClock,
    chance: Math.random,
    engine: "bench",
    models: {
      resolve: () => {
        throw new Error("A chain of set nodes asks no model.");
      },
      costUsd: () => null,
    },
    tools: new Map(),
    stream: () => {},
    newId,
    publish: (run, _space, events) => {
      if (events.some(({ event }) => endsRun(event))) ended.get(run)?.();
    },
    onError: (error) => {
      throw error;
    },
  });
  const runChain = async () => {
    const settled = Promise.withResolvers<void>();
    const { run } = await runs.start(
      { space, actor: "bench" },
      { workflow: null, version: null, graph: chain, input: 1 },
    );
    ended.set(run.id, settled.resolve);
    await settled.promise;
    ended.delete(run.id);
  };
  const body = JSON.stringify({ type: "node.completed", node: "step_1", activation: "step_1", output: { n: 1 } });
  const row = { run: "", seq: 1, epoch: 1, events: body };
  // one connection, as the engine's own committer has one commit under way at a time
  const raw = (rows: number) =>
    db.connection().execute((connection) => {
      const statement = connection
        .insertInto("log")
        .values(Array.from({ length: rows }, () => row))
        .compile();
      return perSecond(async () => {
        const run = `bench_${newId()}`;
        const parameters = Array.from({ length: rows }, (_, seq) => [run, seq, 1, body]).flat();
        await connection.executeQuery({ ...statement, parameters });
      });
    });
  const measured: Round[] = [];
  await runChain();
  for (let round = 0; round < rounds; round += 1) {
    measured.push({
      oneRow: await raw(1),
      twoRows: await raw(2),
      alone: (await perSecond(runChain)) * nodes,
      together: (await perSecond(runChain, atOnce)) * nodes,
    });
  }
  await runs.stop(1000);
  await close();
  report(name, measured);
}

function report(name: string, measured: readonly Round[]): void {
  const of = (read: (round: Round) => number) => median(measured.map(read));
  const lines = [
    `${name} (medians of ${rounds} rounds; raw: ${of(({ oneRow }) => oneRow).toFixed(0)} one-row commits/s)`,
    `  ${atOnce} runs at once: node transitions/s over one-row commits/s   ${of((r) => r.together / r.oneRow).toFixed(1)}x  (aim: at least 4)`,
    `  1 run at a time: time of a node over a two-row commit          ${of((r) => r.twoRows / r.alone).toFixed(2)}x  (aim: at most 1.5)`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const folder = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
const postgres = await startPostgres({ fsync: "on" });
await measure("Embedded database", await openDatabase({ folder: join(folder, "data") }));
await measure("PostgreSQL", await openDatabase({ url: postgres.url }));
await postgres.stop();
await rm(folder, { recursive: true, force: true });
