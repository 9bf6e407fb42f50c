import { describe, expect, test } from "vitest";
import type { Clock } from "../clock.ts";
import { handClock } from "../testing/hand-clock.ts";
import type { Dispatcher } from "./dispatcher.ts";

/** What every way to dispatch runs promises. Another one calls this with its own opener, and is tested. */
export function dispatcherSuite(name: string, open: (clock: Clock, onError: (error: unknown) => void) => Dispatcher) {
  describe(`${name} dispatch`, () => {
    function begun(deal: (run: string) => Promise<void> = async () => undefined) {
      const clock = handClock();
      const taken: string[] = [];
      const errors: unknown[] = [];
      const dispatcher = open(clock, (error) => errors.push(error));
      dispatcher.begin(async (run) => {
        taken.push(run);
        await deal(run);
      });
      return { clock, dispatcher, taken, errors };
    }

    test("a run that is woken is taken", async () => {
      const { dispatcher, taken } = begun();
      dispatcher.wake("a");
      dispatcher.wake("b");
      await expect.poll(() => taken).toEqual(["a", "b"]);
      await dispatcher.stop();
    });

    test("a run that is woken while it is being taken is taken once more, as the news may have come too late", async () => {
      const gate = Promise.withResolvers<void>();
      const { dispatcher, taken } = begun(() => gate.promise);
      dispatcher.wake("a");
      await expect.poll(() => taken).toEqual(["a"]);
      dispatcher.wake("a");
      gate.resolve();
      await expect.poll(() => taken).toEqual(["a", "a"]);
      await dispatcher.stop();
    });

    test("one run that takes long keeps no other waiting", async () => {
      const gate = Promise.withResolvers<void>();
      const { dispatcher, taken } = begun((run) => (run === "slow" ? gate.promise : Promise.resolve()));
      dispatcher.wake("slow");
      dispatcher.wake("fast");
      await expect.poll(() => taken).toEqual(["slow", "fast"]);
      gate.resolve();
      await dispatcher.stop();
    });

    test("a run is taken at its time and not before, and the last time that was said holds", async () => {
      const { clock, dispatcher, taken } = begun();
      const start = clock.now();
      dispatcher.wakeAt("a", start + 1000);
      dispatcher.wakeAt("a", start + 5000);
      dispatcher.wakeAt("b", start + 2000);
      dispatcher.wakeAt("c", start + 2000);
      dispatcher.forgetTime("c");
      clock.moveTo(start + 4999);
      await expect.poll(() => taken).toEqual(["b"]);
      clock.moveTo(start + 5000);
      await expect.poll(() => taken).toEqual(["b", "a"]);
      await dispatcher.stop();
    });

    test("a run that could not be taken is told of, and taken again later", async () => {
      let fails = true;
      const { clock, dispatcher, taken, errors } = begun(async () => {
        if (fails) throw new Error("The database is away.");
      });
      dispatcher.wake("a");
      await expect.poll(() => errors).toHaveLength(1);
      fails = false;
      clock.moveBy(60_000);
      await expect.poll(() => taken).toEqual(["a", "a"]);
      await dispatcher.stop();
    });

    test("once stopped it gives out nothing more, and waits for what it gave out", async () => {
      const gate = Promise.withResolvers<void>();
      const { clock, dispatcher, taken } = begun(() => gate.promise);
      dispatcher.wake("a");
      dispatcher.wakeAt("b", clock.now() + 1000);
      await expect.poll(() => taken).toEqual(["a"]);
      let stopped = false;
      const stopping = dispatcher.stop().then(() => {
        stopped = true;
      });
      dispatcher.wake("c");
      dispatcher.wakeAt("d", clock.now());
      clock.moveBy(60_000);
      expect(stopped).toBe(false);
      gate.resolve();
      await stopping;
      expect(taken).toEqual(["a"]);
    });
  });
}
