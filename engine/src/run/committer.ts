import type { Append, RunStore } from "../store/store.ts";

type Committed = "stored" | "fenced";
/** What became of a step: where it was refused for good, the reason. */
type Outcome = Committed | { refused: unknown };

export interface Committer {
  /**
   * Makes a step durable together with whatever else waits; steps of one run land in the order they were given. While
   * the database is away it waits for it; it rejects only what the database will never take.
   */
  commit: (append: Append) => Promise<Committed>;
  /** Settles when everything given so far is durable. */
  idle: () => Promise<void>;
}

export interface CommitterParts {
  store: Pick<RunStore, "append" | "readEvents" | "isRefusal">;
  pause: (ms: number) => Promise<void>;
  /** Whether the engine is on its way out and should not wait for a database that is away. */
  isStopping: () => boolean;
}

interface Waiting {
  append: Append;
  resolve: (committed: Committed) => void;
  reject: (error: unknown) => void;
}

const retryDelaysMs = [50, 200, 1000, 3000];
const longestRetryDelayMs = 5000;

/**
 * Group commit: while one transaction is on its way, the steps of all runs queue up and go out as the next. One
 * transaction at a time was measured to be as fast as two.
 */
export function createCommitter({ store, pause, isStopping }: CommitterParts): Committer {
  let waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await land(group);
    }
    working = undefined;
  }

  async function land(group: readonly Waiting[]): Promise<void> {
    const steps = mergeByOwner(group);
    const outcomes = await appendSurely(newestOwners(steps).map(({ append }) => append));
    for (const { append, members } of steps) {
      const outcome = outcomes.get(append) ?? "fenced";
      for (const { resolve, reject } of members) {
        if (typeof outcome === "string") resolve(outcome);
        else reject(outcome.refused);
      }
    }
  }

  /** Tries until it is known of every step what became of it. */
  async function appendSurely(appends: readonly Append[]): Promise<Map<Append, Outcome>> {
    const outcomes = new Map<Append, Outcome>();
    let left = appends;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      try {
        const answered = await store.append(left);
        for (const [index, append] of left.entries()) outcomes.set(append, answered[index] ?? "fenced");
        break;
      } catch (error) {
        if (isStopping()) return refuse(left, error, outcomes);
        if (store.isRefusal(error)) {
          if (left.length === 1) return refuse(left, error, outcomes);
          // one of them is to blame, and the others must not suffer for it
          for (const append of left) {
            for (const [own, outcome] of await appendSurely([append])) outcomes.set(own, outcome);
          }
          break;
        }
        await pause(retryDelaysMs[attempt] ?? longestRetryDelayMs);
        left = await withoutLanded(left, outcomes);
      }
    }
    return outcomes;
  }

  function refuse(left: readonly Append[], refused: unknown, outcomes: Map<Append, Outcome>): Map<Append, Outcome> {
    for (const append of left) outcomes.set(append, { refused });
    return outcomes;
  }

  /** A lost connection leaves it open whether a step landed: the log itself says so. */
  async function withoutLanded(appends: readonly Append[], outcomes: Map<Append, Outcome>): Promise<Append[]> {
    const left: Append[] = [];
    for (const append of appends) {
      if (await hasLanded(append)) outcomes.set(append, "stored");
      else left.push(append);
    }
    return left;
  }

  async function hasLanded({ run, events }: Append): Promise<boolean> {
    const [last] = events.slice(-1);
    if (!last) return false;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const [there] = await store.readEvents(run, last.seq - 1, 1);
        return there?.body === last.body;
      } catch (error) {
        if (isStopping() || store.isRefusal(error)) return false;
        await pause(retryDelaysMs[attempt] ?? longestRetryDelayMs);
      }
    }
  }

  return {
    commit: (append) =>
      new Promise((resolve, reject) => {
        waiting.push({ append, resolve, reject });
        working ??= Promise.resolve().then(work);
      }),
    idle: async () => {
      while (working) await working;
    },
  };
}

interface Step {
  append: Append;
  members: Waiting[];
}

/** Who has claimed a run anew has fenced off the owner before: whose steps need not be tried. */
function newestOwners(steps: readonly Step[]): readonly Step[] {
  const newest = new Map<string, Step>();
  for (const step of steps) {
    const known = newest.get(step.append.run);
    if (!known || known.append.epoch < step.append.epoch) newest.set(step.append.run, step);
  }
  return [...newest.values()];
}

/** Several steps of one owner go out as one. */
function mergeByOwner(group: readonly Waiting[]): Step[] {
  const steps = new Map<string, Step>();
  for (const member of group) {
    const { append } = member;
    const owner = `${append.run} ${append.epoch}`;
    const step = steps.get(owner);
    if (step) {
      step.members.push(member);
      step.append = merged(step.append, append);
    } else {
      steps.set(owner, { append, members: [member] });
    }
  }
  return [...steps.values()];
}

/** Every field by itself, so that a new one cannot be forgotten: events in order, the newest projections, all the rest. */
function merged(earlier: Append, { run, space, epoch, projection, ...later }: Append): Append {
  return {
    run,
    space,
    epoch,
    projection,
    events: [...earlier.events, ...later.events],
    blobs: [...earlier.blobs, ...later.blobs],
    approvals: newestOf([...earlier.approvals, ...later.approvals]),
    questions: newestOf([...earlier.questions, ...later.questions]),
    inboxTaken: [...earlier.inboxTaken, ...later.inboxTaken],
    calls: [...earlier.calls, ...later.calls],
  };
}

function newestOf<One extends { id: string }>(all: readonly One[]): One[] {
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
