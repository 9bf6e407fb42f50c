import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { expect, test } from "vitest";
import { smallGraph } from "../testing/graphs.ts";
import { handClock } from "../testing/hand-clock.ts";
import { tryRuns } from "../testing/try-runs.ts";

const space = { space: "test", actor: "tester" };
const waiting = (data: object) =>
  smallGraph({
    nodes: [
      { id: "start", type: "start" },
      { id: "hold", type: "wait", data },
      { id: "came", type: "end", data: { output: "{{ hold }}" } },
      { id: "over", type: "end", data: { output: "too late" } },
    ],
    edges: ["start -> hold", "hold -> came", "hold:expired -> over"],
  });
const signal = { name: "paid", correlation: "{{ input.order }}" };
const isWaiting = ({ type }: RunEvent) => type === "run.waiting";

test("a wait for a time goes on when the time has come", async () => {
  const clock = handClock();
  const trial = tryRuns({ clock });
  const run = await trial.start(waiting({ for: "2h" }));
  await trial.until(run, isWaiting);
  clock.moveBy(2 * 3_600_000);
  expect((await trial.until(run, endsRun)).at(-1)).toMatchObject({ type: "run.completed", output: {} });
});

test("a wait until a moment that has passed goes on at once", async () => {
  const trial = tryRuns({ clock: handClock() });
  const run = await trial.start(waiting({ until: "'2001-01-01T00:00:00Z'" }));
  expect((await trial.until(run, endsRun)).at(-1)).toMatchObject({ type: "run.completed", output: {} });
});

test("a wait for a signal takes the one that fits, and what it brings is its output", async () => {
  const trial = tryRuns();
  const run = await trial.start(waiting({ signal }), { order: "7" });
  await trial.until(run, isWaiting);
  await trial.signals.send(space, { name: "paid", correlation: "8", payload: { sum: 1 } });
  const sent = await trial.signals.send(space, { name: "paid", correlation: "7", payload: { sum: 12 } });
  expect(sent.run).toBe(run);
  trial.runs.wake(run);
  expect((await trial.until(run, endsRun)).at(-1)).toMatchObject({ output: { signal: { sum: 12 } } });
});

test("a signal that comes before anyone waits is kept for the first that does", async () => {
  const trial = tryRuns();
  await trial.signals.send(space, { name: "paid", correlation: "7", payload: "early" });
  const run = await trial.start(waiting({ signal }), { order: "7" });
  expect((await trial.until(run, endsRun)).at(-1)).toMatchObject({ output: { signal: "early" } });
});

test("a transient wait takes only what comes while it waits", async () => {
  const clock = handClock();
  const trial = tryRuns({ clock });
  await trial.signals.send(space, { name: "paid", correlation: "7", payload: "early" });
  const run = await trial.start(waiting({ signal, transient: true, timeout: "1h" }), { order: "7" });
  await trial.until(run, isWaiting);
  clock.moveBy(3_600_000);
  expect((await trial.until(run, endsRun)).at(-1)).toMatchObject({ output: "too late" });
});

test("time and signal never both win: what comes after the time is for the next that waits", async () => {
  const clock = handClock();
  const trial = tryRuns({ clock });
  const first = await trial.start(waiting({ signal, timeout: "1h" }), { order: "7" });
  await trial.until(first, isWaiting);
  // given to the first in the database, but the time fires before its owner hears of it
  await trial.signals.send(space, { name: "paid", correlation: "7", payload: "late" });
  clock.moveBy(3_600_000);
  expect((await trial.until(first, endsRun)).at(-1)).toMatchObject({ output: "too late" });
  trial.runs.wake(first);
  const second = await trial.start(waiting({ signal, timeout: "1h" }), { order: "7" });
  expect((await trial.until(second, endsRun)).at(-1)).toMatchObject({ output: { signal: "late" } });
});
