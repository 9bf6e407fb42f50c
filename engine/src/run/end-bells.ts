import type { Clock } from "../clock.ts";

/** Who waits for the end of a run. */
export interface EndBells {
  /** Settles when the run's bell rings, or after `timeoutMs`. */
  wait: (run: string, timeoutMs: number) => Promise<void>;
  ring: (run: string) => void;
  /** Lets everyone go, now and from now on. */
  close: () => void;
}

export function createEndBells(clock: Clock): EndBells {
  const bells = new Map<string, Set<() => void>>();
  let isClosed = false;

  const ring = (run: string) => {
    for (const finish of [...(bells.get(run) ?? [])]) finish();
  };

  async function wait(run: string, timeoutMs: number): Promise<void> {
    if (isClosed) return;
    await new Promise<void>((resolve) => {
      const own = bells.get(run) ?? new Set();
      bells.set(run, own);
      const finish = () => {
        callOff();
        own.delete(finish);
        if (own.size === 0) bells.delete(run);
        resolve();
      };
      const callOff = clock.alarm(clock.now() + timeoutMs, finish);
      own.add(finish);
    });
  }

  return {
    wait,
    ring,
    close: () => {
      isClosed = true;
      for (const run of [...bells.keys()]) ring(run);
    },
  };
}
