import type { RunFact } from "@signalbox/shared/events";

/** What follows from what has happened: work to call off on the wire first, then facts to add. */
export interface Decision {
  facts: readonly RunFact[];
  abort: readonly string[];
}

/** What deciding may know beside the run. */
export interface Moment {
  /** Milliseconds since 1970, of the event that is decided on. */
  now: number;
  /** 0 up to 1, for jitter. */
  chance: () => number;
}
