/**
 * Whether long runs stay as cheap as short ones. Method: each long run (10,000 passes of a loop, 1,000 nodes in a row,
 * 100 lists of 100 items) and its small case (a hundredth of it or less) is run from its start to its durable last event,
 * by a store in memory, where all of the time is the engine's, and by the embedded database. The small case is run as
 * often as makes about as many activations, a hundred times at most. Printed is the time of one activation in each and their ratio, from the best
 * of several rounds: what the machine does besides only ever adds. Of memory, printed is what a folded run keeps for one
 * activation once all else is collected, for a run of a tenth of the length and for the whole: were anything but the
 * activations and their outputs kept, it would grow. It states figures and judges none.
 *
 * Run it with `pnpm bench`, or alone with `node --expose-gc tests/bench/scale.ts`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  chainOf,
  createMemoryStore,
  createRunStore,
  type LongWork,
  loopOf,
  nestedOf,
  newId,
  openDatabase,
  type RunStore,
  readRun,
  ringOf,
  systemClock,
  tryRuns,
} from "@signalbox/engine/testing";
import { endsRun } from "@signalbox/shared/events";
import type { Run } from "@signalbox/shared/run";

const rounds = 3;

interface Case {
  name: string;
  of: (size: number) => LongWork;
  small: number;
  large: number;
}

const cases: readonly Case[] = [
  { name: "10,000 passes of a loop", of: loopOf, small: 10, large: 10_000 },
  { name: "10,000 passes by an edge back", of: ringOf, small: 10, large: 10_000 },
  { name: "1,000 nodes in a row", of: chainOf, small: 10, large: 1000 },
  { name: "100 lists of 100 items", of: nestedOf, small: 10, large: 100 },
];

/** The time of one activation in microseconds. */
async function timeOf({ graph, input, activations, output }: LongWork, times: number, store: () => RunStore) {
  const trial = tryRuns({ store: store(), newId });
  const startedAt = performance.now();
  for (let time = 0; time < times; time += 1) {
    const last = (await trial.until(await trial.start(graph, input), endsRun)).at(-1);
    if (last?.type !== "run.completed" || last.output !== output)
      throw new Error(`It ended as ${JSON.stringify(last)}`);
  }
  return ((performance.now() - startedAt) * 1000) / (times * activations);
}

async function measure(name: string, store: () => RunStore): Promise<void> {
  process.stdout.write(`${name} (best of ${rounds} rounds)\n`);
  for (const { name: what, of, small, large } of cases) {
    const [few, many] = [of(small), of(large)];
    const times = Math.min(100, Math.ceil(many.activations / few.activations));
    const [short, long]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      short.push(await timeOf(few, times, store));
      long.push(await timeOf(many, 1, store));
    }
    const [a, b] = [Math.min(...short), Math.min(...long)];
    const figures = `${a.toFixed(0)} µs an activation in the small case, ${b.toFixed(0)} µs in the large`;
    process.stdout.write(`  ${what.padEnd(31)} ${figures}: ${(b / a).toFixed(2)}x  (aim: at most 2)\n`);
  }
}

/** Bytes that a folded run keeps for one of its activations, from as many folds as make about `atLeast` of them. */
async function bytesOf({ graph, input, activations }: LongWork, atLeast: number): Promise<number> {
  const store = createMemoryStore();
  const trial = tryRuns({ store });
  const id = await trial.start(graph, input);
  await trial.until(id, endsRun);
  const fold = () => readRun(store, id, "test");
  // once before, so that what the code of the fold keeps for good is there already
  await fold();
  const before = collected();
  const runs: Run[] = [];
  while (runs.length * activations < atLeast) runs.push(await fold());
  return (collected() - before) / (runs.length * activations);
}

function collected(): number {
  if (globalThis.gc === undefined) throw new Error("Run it with: node --expose-gc tests/bench/scale.ts");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

await measure("In memory", createMemoryStore);
const folder = await mkdtemp(join(tmpdir(), "signalbox-bench-"));
const { db, close } = await openDatabase({ folder: join(folder, "data") });
await db.insertInto("space").values({ id: "test", name: "Bench", created_at: new Date().toISOString() }).execute();
await measure("Embedded database", () => createRunStore(db, { clock: systemClock, newId }));
await close();
await rm(folder, { recursive: true, force: true });
process.stdout.write("Memory of a folded run\n");
for (const { name, of, large } of cases) {
  const [tenth, whole] = [await bytesOf(of(Math.ceil(large / 10)), 50_000), await bytesOf(of(large), 50_000)];
  const figures = `${tenth.toFixed(0)} bytes an activation at a tenth, ${whole.toFixed(0)} in the whole`;
  process.stdout.write(`  ${name.padEnd(31)} ${figures}: ${(whole / tenth).toFixed(2)}x\n`);
}
