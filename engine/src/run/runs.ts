import type { RunEvent } from "@signalbox/shared/events";
import { type Graph, planGraph } from "@signalbox/shared/graph";
import { newRun, type Run, reduceRun } from "@signalbox/shared/run";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { SignalboxError } from "../errors.ts";
import { firstEpoch, type InboxEntry, type RunRow, type RunStore, type SpaceContext } from "../store/store.ts";
import { type Actor, type ActorParts, createActor } from "./actor.ts";
import { type ChildrenParts, childrenOf } from "./children.ts";
import { type Committer, createCommitter } from "./committer.ts";
import { blobsOf, decodeEvent, type EncodedEvent } from "./encode.ts";
import { createEndBells } from "./end-bells.ts";
import { runToCreate, type StartRun } from "./start-run.ts";

/** All runs that this engine holds. When to look at which, the dispatcher says. */
export interface Runs {
  start: (context: SpaceContext, run: StartRun) => Promise<{ run: RunRow; created: boolean }>;
  /** Gives a run a request from outside, durably, and wakes it. */
  deliver: (run: string, entry: InboxEntry) => Promise<void>;
  /** There is something new in a run's inbox. */
  wake: (run: string) => void;
  /** Settles when the run has ended, or after `timeoutMs`. */
  ended: (run: string, timeoutMs: number) => Promise<void>;
  /** Goes on with every run that has not ended. */
  resumeAll: () => Promise<number>;
  /** Lets go of every run, so that a later start goes on with it. */
  stop: (graceMs: number) => Promise<void>;
}

type ActorsOwn = "committer" | "publish" | "onFenced" | "onEnded" | "onRest" | "wake" | "children";

export type RunsParts = Omit<ActorParts, ActorsOwn> & {
  findWorkflow: ChildrenParts["findWorkflow"];
  store: RunStore;
  dispatcher: Dispatcher;
  newId: () => string;
  publish: (run: string, space: string, events: readonly EncodedEvent[]) => void;
};

const pageSize = 1000;
/** Runs that wait are kept in memory up to this many; the rest are read again when something comes. */
const mostWaiting = 200;

export function createRuns(parts: RunsParts): Runs {
  const { store, clock, dispatcher } = parts;
  const committer: Committer = createCommitter({
    store,
    pause: (ms) => new Promise((done) => clock.alarm(clock.now() + ms, done)),
    isStopping: () => stopping,
  });
  const held = new Map<string, Promise<Actor | undefined>>();
  const waiting = new Set<string>();
  const underWay = new Set<Promise<unknown>>();
  const endBells = createEndBells(clock);
  let stopping = false;

  /** The run's actor, read from the log when this engine does not hold it yet. */
  function hold(id: string): Promise<Actor | undefined> {
    waiting.delete(id);
    return held.get(id) ?? open(id, (letGo) => load(id, letGo));
  }

  function open(id: string, begin: (letGo: () => void) => Promise<Actor | undefined>): Promise<Actor | undefined> {
    dispatcher.forgetTime(id);
    const letGo = () => {
      // by now another hand may hold it
      if (held.get(id) !== actor) return;
      held.delete(id);
      waiting.delete(id);
    };
    const actor = begin(letGo).catch((error: unknown) => {
      letGo();
      throw error;
    });
    held.set(id, actor);
    void track(actor);
    return actor;
  }

  async function load(id: string, letGo: () => void): Promise<Actor | undefined> {
    const claimed = await store.claimRun(id).catch(unlessUnknown);
    if (!claimed) {
      // a call to a child that was called off before it was made
      letGo();
      return undefined;
    }
    const { epoch, space } = claimed;
    const run = await readRun(store, id, space);
    if (run.endedAt !== null) {
      letGo();
      await giveBackSignals(id);
      return undefined;
    }
    const actor = actorOf(run, { space, epoch }, letGo);
    await actor.resume();
    if (!actor.isStopped()) await actor.take(await store.readInbox(id));
    return actor;
  }

  /** A run just made here: all of it is known, and nobody else can have claimed it. */
  async function adopt(created: RunEvent, space: string, graph: Graph, letGo: () => void): Promise<Actor> {
    const run = reduceRun(newRun(planGraph(graph)), created);
    const actor = actorOf(run, { space, epoch: firstEpoch }, letGo);
    await actor.resume();
    // a child may have been called off while it was made
    if (run.parent !== undefined && !actor.isStopped()) await actor.take(await store.readInbox(run.id));
    return actor;
  }

  function actorOf(run: Run, owner: { space: string; epoch: number }, letGo: () => void): Actor {
    return createActor(run, owner, {
      ...parts,
      committer,
      wake: dispatcher.wake,
      children: (run, space) => childrenOf(run, space, { findWorkflow: parts.findWorkflow, start }),
      publish: (events) => parts.publish(run.id, owner.space, events),
      onFenced: letGo,
      onEnded: () => {
        letGo();
        endBells.ring(run.id);
      },
      onRest: () => park(run.id),
    });
  }

  /** What is under way is waited for before the store is closed. */
  async function track(work: Promise<unknown>): Promise<void> {
    underWay.add(work);
    await work.catch(() => undefined);
    underWay.delete(work);
  }

  /** A run at rest may be forgotten: its log and its next due time are all that going on needs. */
  function park(id: string): void {
    waiting.add(id);
    for (const oldest of waiting) {
      if (waiting.size <= mostWaiting) return;
      waiting.delete(oldest);
      void forget(oldest);
    }
  }

  async function forget(id: string): Promise<void> {
    const actor = await held.get(id);
    if (!actor?.isIdle()) return;
    held.delete(id);
    const due = [...actor.run.timers.values()].filter(({ fired }) => !fired).map((timer) => Date.parse(timer.due));
    await actor.release();
    if (due.length > 0) dispatcher.wakeAt(id, Math.min(...due));
  }

  /** Holds the run, which goes on with what was open, and gives it what is in its inbox. */
  async function take(id: string): Promise<void> {
    const actor = await hold(id);
    await actor?.take(await store.readInbox(id));
    // let go of meanwhile: what was given to it was not taken
    if (actor?.isStopped() && actor.run.endedAt === null) dispatcher.wake(id);
  }

  /** A signal that was given to a run which ended before it took it in is for the next that waits. */
  async function giveBackSignals(run: string): Promise<void> {
    for (const { id, entry } of await store.readInbox(run)) {
      const next = entry.kind === "signal" ? await parts.signals.giveBack({ id, signal: entry.signal }) : null;
      if (next !== null) dispatcher.wake(next);
    }
  }

  async function start(context: SpaceContext, wanted: StartRun) {
    const { created, row, encoded } = runToCreate(wanted, {
      id: wanted.id ?? `run_${parts.newId()}`,
      at: new Date(clock.now()).toISOString(),
      actor: context.actor,
    });
    const answer = await store.createRun(context, row);
    if (answer.created) {
      const { id, graph } = row;
      parts.publish(id, context.space, [encoded]);
      if (!stopping) open(id, (letGo) => adopt(created, context.space, graph, letGo)).catch(readAgain(id));
    }
    return answer;
  }

  /** What went wrong here may be right in the log: the run is taken from there. */
  function readAgain(id: string) {
    return (error: unknown) => {
      parts.onError(error);
      dispatcher.wake(id);
    };
  }

  async function resumeAll(): Promise<number> {
    const unfinished = await store.unfinishedRuns();
    for (const { run, status, nextDue, isCalled } of unfinished) {
      if (status !== "waiting" || isCalled) dispatcher.wake(run);
      else if (nextDue !== null) dispatcher.wakeAt(run, Date.parse(nextDue));
    }
    return unfinished.length;
  }

  async function stop(graceMs: number): Promise<void> {
    stopping = true;
    const dispatched = dispatcher.stop();
    endBells.close();
    const opened = await Promise.allSettled(held.values());
    const actors = opened.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
    const deadline = clock.now() + graceMs;
    while (actors.some((actor) => !actor.isIdle()) && clock.now() < deadline) {
      await new Promise<void>((done) => clock.alarm(clock.now() + 25, done));
    }
    await Promise.allSettled(actors.map((actor) => actor.release()));
    await committer.idle();
    await Promise.all(underWay);
    await dispatched;
  }

  dispatcher.begin(take);
  return {
    start,
    wake: dispatcher.wake,
    ended: endBells.wait,
    resumeAll,
    stop,
    deliver: async (run, entry) => {
      await store.addToInbox(run, entry);
      dispatcher.wake(run);
    },
  };
}

function unlessUnknown(error: unknown): undefined {
  if (error instanceof SignalboxError && error.code === "not_found") return undefined;
  throw error;
}

/** A run folded from its log (up to event `at`), with every value in line. */
export async function readRun(store: RunStore, id: string, space: string, at = Number.POSITIVE_INFINITY): Promise<Run> {
  const run = newRun(planGraph(await store.graphOfRun(id)));
  for (;;) {
    const page = (await store.readEvents(id, run.seq, pageSize)).filter(({ seq }) => seq <= at);
    const hashes = [...new Set(page.flatMap(({ body }) => blobsOf(body)))];
    const blobs = hashes.length > 0 ? await store.readBlobs(space, hashes) : new Map<string, string>();
    for (const { body } of page) reduceRun(run, decodeEvent(body, blobs));
    if (page.length < pageSize) return run;
  }
}
