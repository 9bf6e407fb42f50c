import { endsRun, type RunEvent, type RunFact } from "@signalbox/shared/events";
import { callersOf, type Run, reduceRun } from "@signalbox/shared/run";
import type { Clock } from "../clock.ts";
import type { SignalStore } from "../store/signals.ts";
import type { Append, InboxEntry, StoredInboxEntry } from "../store/store.ts";
import { callsOf } from "./calls.ts";
import type { Committer } from "./committer.ts";
import { decide } from "./decide.ts";
import { type EncodedEvent, encodeEvent } from "./encode.ts";
import { factsOfEntry } from "./inbox.ts";
import { endsNode, listeningOf } from "./listening.ts";
import { projectApprovals, projectQuestions, projectRun } from "./project.ts";
import type { Workplace } from "./work.ts";
import { createWorkplace, type WorkParts } from "./work.ts";

/** One run in memory: its folded state and the only hand that writes its log. */
export interface Actor {
  readonly run: Run;
  /** Adds facts and all that follows from them; settles when they are durable. */
  post: (facts: readonly RunFact[]) => Promise<void>;
  /** Takes in requests from outside. Those already taken are passed over. */
  take: (entries: readonly StoredInboxEntry[]) => Promise<void>;
  /** Goes on with whatever was open when the run was last held. */
  resume: () => Promise<void>;
  /** Whether nothing works here now. */
  isIdle: () => boolean;
  /** Whether this hand writes no more: the run has ended, was let go, or belongs to another. */
  isStopped: () => boolean;
  /** Calls off all work without a word in the log but that the run was let go. */
  release: () => Promise<void>;
}

export interface ActorParts extends WorkParts {
  committer: Committer;
  clock: Clock;
  chance: () => number;
  signals: SignalStore;
  /** Another run has something in its inbox. */
  wake: (run: string) => void;
  /** After they are durable. */
  publish: (events: readonly EncodedEvent[]) => void;
  /** Another owner has the run: stop. */
  onFenced: () => void;
  onEnded: () => void;
  onRest: () => void;
  onError: (error: unknown) => void;
}

/** Above this many events a step is cut, so that a long chain of instant nodes neither blocks nor swells one commit. */
const longestStep = 1000;

export function createActor(run: Run, { space, epoch }: { space: string; epoch: number }, parts: ActorParts): Actor {
  const { committer, clock, chance } = parts;
  const taken = new Set<string>();
  let stopped = false;
  let callOffAlarm: (() => void) | undefined;
  const place: Workplace = createWorkplace(run, { post, isStopped: () => stopped, space }, parts);

  /** Adds facts and everything that follows, folds them, and commits them as one step. */
  function post(facts: readonly RunFact[], inboxTaken: readonly string[] = []): Promise<void> {
    if (stopped) return Promise.resolve();
    const at = new Date(clock.now()).toISOString();
    const events: RunEvent[] = [];
    const add = (fact: RunFact) => {
      if (run.endedAt !== null) return;
      const event = { ...fact, run: run.id, seq: run.seq + 1, at } as RunEvent;
      reduceRun(run, event);
      events.push(event);
    };
    for (const fact of facts) add(fact);
    let more = true;
    while (more && events.length < longestStep) {
      const { facts: next, abort } = decide(run, { now: clock.now(), chance });
      for (const activation of abort) place.abort(activation);
      for (const fact of next) add(fact);
      more = next.length > 0;
    }
    if (!more) markWaiting(add);
    const durable = commit(events, inboxTaken);
    if (more) setImmediate(() => guard(post([])));
    return durable;
  }

  function markWaiting(add: (fact: RunFact) => void): void {
    if (run.endedAt !== null || run.startedAt === null) return;
    if (run.status === "running" && run.working === 0) add({ type: "run.waiting" });
    else if (run.status === "waiting" && run.working > 0) add({ type: "run.resumed" });
  }

  async function commit(events: readonly RunEvent[], inboxTaken: readonly string[]): Promise<void> {
    if (events.length === 0 && inboxTaken.length === 0) return;
    const encoded = events.map(encodeEvent);
    const step: Append = {
      run: run.id,
      space,
      epoch,
      events: encoded.map(({ stored }) => stored),
      blobs: encoded.flatMap(({ blobs }) => blobs),
      projection: projectRun(run),
      approvals: projectApprovals(run, events),
      questions: projectQuestions(run, events),
      inboxTaken,
      calls: callsOf(run, events),
    };
    const committed = await committer.commit(step).catch((error: unknown) => {
      // what is folded here is not in the log: whoever holds the run next reads it anew
      letGo();
      throw error;
    });
    if (committed === "fenced") return letGo();
    parts.publish(encoded);
    for (const called of new Set(step.calls.map((call) => call.run))) parts.wake(called);
    if (!stopped) followUp(events);
  }

  /** What may begin only now that its reason is durable. */
  function followUp(events: readonly RunEvent[]): void {
    for (const event of events) {
      if (event.type === "node.started" && event.by === undefined) place.start(event.activation);
      if (goesOn(event)) {
        place.start(callersOf(run, event.activation).at(-1) ?? event.activation);
      }
    }
    guard(followSignals(events));
    setAlarm();
    if (events.some(endsRun)) {
      stop();
      parts.onEnded();
    } else if (isIdle()) {
      parts.onRest();
    }
  }

  /** Nodes that wait for a signal are known outside by now, and those that have ended no longer. */
  async function followSignals(events: readonly RunEvent[]): Promise<void> {
    for (const event of events) {
      if (event.type === "node.started" && event.waits) await listen(event.activation);
      if (endsNode(event) && listeningOf(run, event.activation)) {
        await parts.signals.forget({ run: run.id, activation: event.activation });
      }
    }
  }

  async function listen(activation: string): Promise<void> {
    const listening = listeningOf(run, activation);
    if (!listening || run.activations.get(activation)?.endedAt !== undefined) return;
    const isGiven = await parts.signals.listen({ run: run.id, activation, space, ...listening });
    if (isGiven) parts.wake(run.id);
  }

  function setAlarm(): void {
    callOffAlarm?.();
    callOffAlarm = undefined;
    let next: { at: number } | undefined;
    for (const { due, fired } of run.timers.values()) {
      const at = Date.parse(due);
      if (!fired && (next === undefined || at < next.at)) next = { at };
    }
    if (next && !stopped) callOffAlarm = clock.alarm(next.at, () => guard(post(dueTimers())));
  }

  function dueTimers(): RunFact[] {
    const now = clock.now();
    return [...run.timers.values()]
      .filter(({ due, fired }) => !fired && Date.parse(due) <= now)
      .sort((a, b) => Date.parse(a.due) - Date.parse(b.due))
      .map(({ id, node, activation }) => ({ type: "timer.fired", timer: id, node, activation }));
  }

  function take(entries: readonly StoredInboxEntry[]): Promise<void> {
    const fresh = entries.filter(({ id }) => !taken.has(id));
    if (fresh.length === 0) return Promise.resolve();
    for (const { id } of fresh) taken.add(id);
    const durable = fresh.map(({ id, entry }) => takeOne(id, entry));
    return Promise.all(durable).then(() => undefined);
  }

  async function takeOne(id: string, entry: InboxEntry): Promise<void> {
    const facts = factsOfEntry(run, entry);
    // it came too late for the node it was given to: another may wait for it
    if (entry.kind === "signal" && facts.length === 0) {
      const next = await parts.signals.giveBack({ id, signal: entry.signal });
      if (next !== null) parts.wake(next);
    }
    await post(facts, [id]);
  }

  async function resume(): Promise<void> {
    await post([{ type: "run.claimed", epoch, engine: parts.engine }]);
    await post(dueTimers());
    for (const { id, status, by } of run.activations.values()) {
      if (by === undefined && status === "running") place.start(id);
      if (status === "waiting") guard(listen(id));
    }
    setAlarm();
  }

  function isIdle(): boolean {
    return place.size() === 0;
  }

  function letGo(): void {
    stop();
    parts.onFenced();
  }

  function stop(): void {
    stopped = true;
    callOffAlarm?.();
    place.abortAll();
  }

  async function release(): Promise<void> {
    if (stopped) return;
    place.abortAll();
    const durable = post([{ type: "run.released", epoch }]);
    stop();
    await durable;
  }

  function guard(work: Promise<void>): void {
    work.catch(parts.onError);
  }

  return { run, post, take, resume, isIdle, isStopped: () => stopped, release };
}

/** What a node that works had to wait for. */
const awaited = ["node.resolved", "subflow.ended", "approval.decided", "question.answered"] as const;

function goesOn(event: RunEvent): event is Extract<RunEvent, { type: (typeof awaited)[number] }> {
  return awaited.some((type) => type === event.type);
}
