import type { RunEvent } from "@signalbox/shared/events";
import type { WebSocket as ReconnectingSocket } from "partysocket";
import { create } from "zustand";

/** A piece of a model's text as it comes; `offset` says where in the call's text it belongs. */
export interface TextPiece {
  activation: string;
  call: string;
  text: string;
  offset: number;
}

type Frame =
  | { type: "events"; run: string; events: RunEvent[] }
  | ({ type: "stream"; run: string } & TextPiece)
  | { type: "topic"; topic: Topic; run: string }
  | { type: "error"; code: string; detail?: string; run?: string }
  | { type: "pong" };

type Topic = "runs" | "approvals";

/** What a follower of one run hears: every event after its last, each once and in order, whatever happens to the line. */
export interface RunFollower {
  events: (events: readonly RunEvent[]) => void;
  text: (piece: TextPiece) => void;
}

interface Following extends RunFollower {
  run: string;
  last: number;
}

/** Whether the line to the engine stands. */
export const useConnection = create<{ status: "connecting" | "open" | "lost" }>(() => ({ status: "connecting" }));

const followers = new Set<Following>();
const topics = new Map<Topic, Set<(run: string) => void>>();
let socket: ReconnectingSocket | undefined;
let isOpening = false;
/** How long to wait before its code is asked for again. */
const againMs = 3000;

/** Opens the line; its code is not needed for the first paint, and comes right after. */
async function open(): Promise<void> {
  if (isOpening) return;
  isOpening = true;
  try {
    const { WebSocket: Reconnecting } = await import("partysocket");
    socket = attach(new Reconnecting(address(), undefined, patience));
  } catch {
    // the engine is away: the line is lost before it ever stood
    isOpening = false;
    useConnection.setState({ status: "lost" });
    setTimeout(() => void open(), againMs);
  }
}

const patience = { minReconnectionDelay: 300, maxReconnectionDelay: 5000, maxEnqueuedMessages: 0 };

function address(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/live`;
}

function attach(line: ReconnectingSocket): ReconnectingSocket {
  line.addEventListener("open", () => {
    useConnection.setState({ status: "open" });
    for (const { run, last } of followers) say({ type: "subscribe", run, after: last });
    for (const topic of topics.keys()) say({ type: "subscribe", topic });
  });
  line.addEventListener("close", () => useConnection.setState({ status: "lost" }));
  line.addEventListener("message", ({ data }) => {
    // our own engine's frames; each event has passed its schema when it was written
    hear(JSON.parse(String(data)) as Frame);
  });
  return line;
}

function say(frame: object): void {
  void open();
  // what is not sent now is sent when the line opens
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

function hear(frame: Frame): void {
  if (frame.type === "events") {
    for (const follower of followers) {
      if (follower.run !== frame.run) continue;
      const fresh = frame.events.filter(({ seq }) => seq > follower.last);
      const newest = fresh.at(-1);
      if (!newest) continue;
      follower.last = newest.seq;
      follower.events(fresh);
    }
  } else if (frame.type === "stream") {
    for (const follower of followers) if (follower.run === frame.run) follower.text(frame);
  } else if (frame.type === "topic") {
    for (const listener of topics.get(frame.topic) ?? []) listener(frame.run);
  }
}

/** Follows a run from after `after`; gives back how to stop. */
export function followRun(run: string, after: number, follower: RunFollower): () => void {
  const following: Following = { ...follower, run, last: after };
  followers.add(following);
  say({ type: "subscribe", run, after });
  return () => {
    followers.delete(following);
    if (![...followers].some((other) => other.run === run)) say({ type: "unsubscribe", run });
  };
}

/** Hears that something about some run (or approval) of the space is new; gives back how to stop. */
export function followTopic(topic: Topic, listener: (run: string) => void): () => void {
  const listeners = topics.get(topic) ?? new Set();
  if (listeners.size === 0) {
    topics.set(topic, listeners);
    say({ type: "subscribe", topic });
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    topics.delete(topic);
    say({ type: "unsubscribe", topic });
  };
}
