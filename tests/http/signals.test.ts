import type { RunSummary } from "@signalbox/shared/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawing, edge, node } from "../support/drawing.ts";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";

/** Waits for the payment of one order. */
const waits = (data: object = {}) =>
  drawing(
    [
      node("start", "start"),
      node("paid", "wait", { signal: { name: "paid", correlation: "{{ input.order }}" }, ...data }),
      node("stop", "end", { output: "{{ paid.signal.sum }}" }),
      node("late", "end", { output: "late" }),
    ],
    [edge("start", "paid"), edge("paid", "stop"), edge("paid", "late", "expired")],
  );

describe.each(databaseKinds)("signals on %s", (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.stop(0);
    expect(engine.errors).toEqual([]);
  });

  const send = (name: string, body: object) =>
    engine.call<{ signal: { id: string; run: string | null } }>("POST", `signals/${name}`, body);
  const outputOf = async (run: string) => (await engine.call<RunSummary>("GET", `runs/${run}`)).body.output;

  test("a signal wakes the run whose node waits for it, and no other", async () => {
    const [seven, eight] = [await engine.run(waits(), { order: "7" }), await engine.run(waits(), { order: "8" })];
    for (const run of [seven, eight]) await engine.follow(run, ({ type }) => type === "run.waiting");
    const answer = await send("paid", { correlation: "8", payload: { sum: 80 } });
    expect(answer).toMatchObject({ status: 202, body: { signal: { run: eight } } });
    await engine.follow(eight);
    expect(await outputOf(eight)).toBe(80);
    expect((await engine.call<RunSummary>("GET", `runs/${seven}`)).body.status).toBe("waiting");
    await send("paid", { correlation: "7", payload: { sum: 70 } });
    await engine.follow(seven);
    expect(await outputOf(seven)).toBe(70);
  });

  test("what nobody waits for yet is kept, and given once: the first that waits takes the first that came", async () => {
    for (const sum of [1, 2]) {
      const { body } = await send("paid", { correlation: "early", payload: { sum } });
      expect(body.signal.run).toBeNull();
    }
    const first = await engine.run(waits(), { order: "early" });
    await engine.follow(first);
    const second = await engine.run(waits(), { order: "early" });
    await engine.follow(second);
    const third = await engine.run(waits({ timeout: "50ms" }), { order: "early" });
    await engine.follow(third);
    expect(await Promise.all([first, second, third].map(outputOf))).toEqual([1, 2, "late"]);
  });

  test("of many that wait each is given one signal of many that come at once", async () => {
    const runs = await Promise.all(Array.from({ length: 8 }, () => engine.run(waits(), { order: "many" })));
    const sums = Array.from({ length: 8 }, (_, sum) => sum);
    await Promise.all(sums.map((sum) => send("paid", { correlation: "many", payload: { sum } })));
    await Promise.all(runs.map((run) => engine.follow(run)));
    const outputs = await Promise.all(runs.map(outputOf));
    expect(outputs.sort()).toEqual(sums);
  });

  test("a signal with more than a correlation and a payload is refused with the field's name", async () => {
    const { status, body } = await engine.call("POST", "signals/paid", { correlation: "1", extra: 1 });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "unknown_field", path: "extra" });
  });
});
