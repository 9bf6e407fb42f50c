import type { RunEvent } from "@signalbox/shared/events";
import type { Clock } from "../clock.ts";
import type { EncodedEvent } from "../run/encode.ts";

/** What a watcher of one run hears. */
interface RunListener {
  events: (events: readonly RunEvent[]) => void;
  /** `offset`: characters of this call's text before this piece. */
  text: (piece: { activation: string; call: string; text: string; offset: number }) => void;
}

/** What a watcher of a whole space hears: something about these runs or approvals is new. */
interface SpaceListener {
  run: (run: string, events: readonly RunEvent[]) => void;
}

/** In-process news of runs: events after they are durable, model text as it comes. */
export interface Hub {
  publish: (run: string, space: string, events: readonly EncodedEvent[]) => void;
  stream: (run: string, activation: string, call: string, text: string) => void;
  watchRun: (run: string, listener: RunListener) => () => void;
  watchSpace: (space: string, listener: SpaceListener) => () => void;
  /** Text of calls that are still answering, for who comes late. */
  openTexts: (run: string) => { activation: string; call: string; text: string; offset: number }[];
}

/** At most 20 pieces of text a second for each call. */
const textIntervalMs = 50;

interface OpenText {
  activation: string;
  call: string;
  text: string;
  sent: number;
  timer: (() => void) | undefined;
}

export function createHub(clock: Clock): Hub {
  const runs = new Map<string, Set<RunListener>>();
  const spaces = new Map<string, Set<SpaceListener>>();
  const texts = new Map<string, Map<string, OpenText>>();

  function flush(run: string, open: OpenText): void {
    open.timer = undefined;
    const { activation, call, sent } = open;
    const text = open.text.slice(sent);
    open.sent = open.text.length;
    if (text === "") return;
    for (const listener of runs.get(run) ?? []) listener.text({ activation, call, text, offset: sent });
  }

  function closeTexts(run: string, events: readonly EncodedEvent[]): void {
    const open = texts.get(run);
    if (!open) return;
    for (const { event } of events) {
      const key =
        event.type === "model.responded" || event.type === "model.called"
          ? `${event.activation}\n${event.call}`
          : undefined;
      const found = key === undefined ? undefined : open.get(key);
      if (key === undefined || !found) continue;
      found.timer?.();
      // what was said must have been heard before the event that ends it
      if (event.type === "model.responded") flush(run, found);
      open.delete(key);
    }
    if (open.size === 0 || events.some(({ event }) => event.type.startsWith("run."))) dropWhenEnded(run, events);
  }

  function dropWhenEnded(run: string, events: readonly EncodedEvent[]): void {
    const ended = events.some(({ event: { type } }) => /^run\.(completed|failed|cancelled)$/.test(type));
    const open = texts.get(run);
    if (!open || (!ended && open.size > 0)) return;
    for (const { timer } of open.values()) timer?.();
    texts.delete(run);
  }

  return {
    publish: (run, space, encoded) => {
      closeTexts(run, encoded);
      const events = encoded.map(({ event }) => event);
      for (const listener of runs.get(run) ?? []) listener.events(events);
      for (const listener of spaces.get(space) ?? []) listener.run(run, events);
    },
    stream: (run, activation, call, text) => {
      const open = texts.get(run) ?? new Map<string, OpenText>();
      texts.set(run, open);
      const key = `${activation}\n${call}`;
      const found = open.get(key) ?? { activation, call, text: "", sent: 0, timer: undefined };
      open.set(key, found);
      found.text += text;
      found.timer ??= clock.alarm(clock.now() + textIntervalMs, () => flush(run, found));
    },
    watchRun: (run, listener) => watch(runs, run, listener),
    watchSpace: (space, listener) => watch(spaces, space, listener),
    openTexts: (run) =>
      [...(texts.get(run)?.values() ?? [])]
        .filter(({ sent }) => sent > 0)
        .map(({ activation, call, text, sent }) => ({ activation, call, text: text.slice(0, sent), offset: 0 })),
  };
}

function watch<Listener>(all: Map<string, Set<Listener>>, key: string, listener: Listener): () => void {
  const listeners = all.get(key) ?? new Set();
  all.set(key, listeners);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) all.delete(key);
  };
}
