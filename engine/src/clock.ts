/** The only source of time. Tests hand in one that they move by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Calls `ring` at `at` (milliseconds since 1970) or at once when that has passed; answers how to call it off. */
  alarm: (at: number, ring: () => void) => () => void;
}

// setTimeout counts in 32 bits: later alarms are set again in steps
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  alarm: (at, ring) => {
    let timer: NodeJS.Timeout;
    // a timeout may end a moment before the clock on the wall says so, or the clock be set back: then it is waited on
    const look = () => (Date.now() < at ? wait() : ring());
    const wait = () => {
      timer = setTimeout(look, Math.min(Math.max(0, at - Date.now()), LONGEST_TIMEOUT_MS));
    };
    wait();
    return () => clearTimeout(timer);
  },
};
