import type { RunEvent } from "@signalbox/shared/events";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { StoredEvent } from "../store/store.ts";
import { handClock } from "../testing/hand-clock.ts";
import { followRun } from "./follow.ts";
import { createHub } from "./hub.ts";

const event = (seq: number): RunEvent => ({ run: "run_1", seq, at: "2026-01-01T00:00:00.000Z", type: "run.waiting" });

const asStored = (one: RunEvent): StoredEvent => ({
  seq: one.seq,
  body: JSON.stringify(one),
});

test("whoever comes at whatever moment gets every event after the one they had, once and in order", async () => {
  const anyBefore = fc.constantFrom(0, 1, 7, 499, 500, 501, 1300);
  const anySteps = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), anyBefore, fc.nat(1400), anySteps, async (scheduler, before, known, steps) => {
      const hub = createHub(handClock());
      const log = Array.from({ length: before }, (_, index) => event(index + 1));
      // what is read is as old as the question; the answer may come after much else has happened
      const readEvents = async (_run: string, after: number, limit: number) => {
        const page = log
          .filter(({ seq }) => seq > after)
          .slice(0, limit)
          .map(asStored);
        return scheduler.schedule(Promise.resolve(page), "read");
      };
      const after = Math.min(known, before);
      const heard: number[] = [];
      const failures: unknown[] = [];

      // a step is stored, and only then told, with other things in between
      scheduler.scheduleSequence(
        steps.flatMap((size) => {
          const step: RunEvent[] = [];
          return [
            async () => {
              for (let n = 0; n < size; n += 1) step.push(event(log.length + n + 1));
              log.push(...step);
            },
            async () =>
              hub.publish(
                "run_1",
                "space",
                step.map((one) => ({ event: one, stored: asStored(one), blobs: [] })),
              ),
          ];
        }),
      );
      const watching = scheduler
        .schedule(Promise.resolve(), "come")
        .then(() =>
          followRun(
            "run_1",
            after,
            { events: (events) => heard.push(...events.map(({ seq }) => seq)), text: () => {} },
            { store: { readEvents }, hub, onError: (error) => failures.push(error) },
          ),
        );
      await Promise.all([watching, scheduler.waitIdle()]);

      expect(failures).toEqual([]);
      expect(heard).toEqual(log.slice(after).map(({ seq }) => seq));
    }),
    { numRuns: 300 },
  );
});
