import type { Clock } from "../clock.ts";
import type { Dispatcher } from "./dispatcher.ts";

/** A run that could not be taken is given again after this: the database may be back. */
const againMs = 5000;

/** Dispatch within this process. What is to be done after a restart is in the database, so nothing is kept here. */
export function createLocalDispatcher(clock: Clock, onError: (error: unknown) => void): Dispatcher {
  const times = new Map<string, () => void>();
  const underWay = new Set<Promise<void>>();
  let take: ((run: string) => Promise<void>) | undefined;

  function wake(run: string): void {
    if (!take) return;
    const work = take(run).catch((error: unknown) => {
      onError(error);
      if (take) wakeAt(run, clock.now() + againMs);
    });
    const dealtWith = work.finally(() => underWay.delete(dealtWith));
    underWay.add(dealtWith);
  }

  function wakeAt(run: string, at: number): void {
    forgetTime(run);
    if (!take) return;
    const ring = () => {
      times.delete(run);
      wake(run);
    };
    times.set(run, clock.alarm(at, ring));
  }

  function forgetTime(run: string): void {
    times.get(run)?.();
    times.delete(run);
  }

  return {
    begin: (given) => {
      take = given;
    },
    wake,
    wakeAt,
    forgetTime,
    stop: async () => {
      take = undefined;
      for (const callOff of times.values()) callOff();
      times.clear();
      await Promise.all(underWay);
    },
  };
}
