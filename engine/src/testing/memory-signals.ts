import type { SignalStore, SignalWait } from "../store/signals.ts";
import type { InboxEntry } from "../store/store.ts";

interface Kept {
  id: string;
  name: string;
  correlation: string;
  payload: Extract<InboxEntry, { kind: "signal" }>["payload"];
  given: boolean;
}

/** Signals in memory, with the promises of the real store. */
export function createMemorySignals(deliver: (run: string, entry: InboxEntry) => Promise<unknown>): SignalStore {
  const waits: (SignalWait & { given: boolean })[] = [];
  const signals: Kept[] = [];
  const returned = new Set<string>();
  const matches = (wait: SignalWait, signal: Kept) =>
    wait.name === signal.name && wait.correlation === signal.correlation;

  async function give(wait: SignalWait & { given: boolean }, signal: Kept): Promise<void> {
    wait.given = true;
    signal.given = true;
    const { id, name, payload } = signal;
    await deliver(wait.run, { kind: "signal", signal: id, activation: wait.activation, name, payload });
  }

  async function place(signal: Kept): Promise<string | null> {
    const wait = waits.find((one) => !one.given && matches(one, signal));
    if (!wait) return null;
    await give(wait, signal);
    return wait.run;
  }

  return {
    listen: async (wait) => {
      if (waits.some(({ run, activation }) => run === wait.run && activation === wait.activation)) return false;
      const own = { ...wait, given: false };
      waits.push(own);
      const kept = wait.transient ? undefined : signals.find((signal) => !signal.given && matches(wait, signal));
      if (kept) await give(own, kept);
      return kept !== undefined;
    },
    forget: async ({ run, activation }) => {
      const index = waits.findIndex((wait) => wait.run === run && wait.activation === activation);
      if (index >= 0) waits.splice(index, 1);
    },
    send: async (_context, { name, correlation, payload }) => {
      const signal = { id: `sig_${signals.length + 1}`, name, correlation, payload, given: false };
      signals.push(signal);
      return { id: signal.id, run: await place(signal) };
    },
    giveBack: async (entry) => {
      const signal = signals.find((one) => one.id === entry.signal);
      if (!signal || returned.has(entry.id)) return null;
      returned.add(entry.id);
      signal.given = false;
      return await place(signal);
    },
  };
}
