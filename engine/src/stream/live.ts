import type { RunEvent } from "@signalbox/shared/events";
import * as z from "zod";
import type { RunStore, SpaceContext } from "../store/store.ts";
import { followRun } from "./follow.ts";
import type { Hub } from "./hub.ts";

/** The part of a WebSocket that is needed here. */
export interface LiveSocket {
  send: (text: string) => void;
  close: (code: number, reason: string) => void;
  /** Bytes that wait because the other side is slow. */
  readonly bufferedAmount: number;
  on: (event: "message" | "close", listener: (data: { toString: () => string }) => void) => unknown;
}

const ClientFrame = z.union([
  z.strictObject({
    type: z.literal("subscribe"),
    run: z.string().max(100),
    after: z.int().min(0).default(0),
  }),
  z.strictObject({ type: z.literal("unsubscribe"), run: z.string().max(100) }),
  z.strictObject({ type: z.literal("subscribe"), topic: z.enum(["runs", "approvals"]) }),
  z.strictObject({ type: z.literal("unsubscribe"), topic: z.enum(["runs", "approvals"]) }),
  z.strictObject({ type: z.literal("ping") }),
]);

/** What may wait for a slow client; beyond it is let go and comes back after its last event. */
const mostWaitingBytes = 1024 * 1024;
const mostSubscriptions = 200;

export interface LiveParts {
  store: Pick<RunStore, "readEvents">;
  hub: Hub;
  /** Whether this run is of this space; what is not is treated as if it did not exist. */
  isVisible: (context: SpaceContext, run: string) => Promise<boolean>;
  onError: (error: unknown) => void;
}

/** Serves one socket: many subscriptions, each every event once and in order. */
export function serveLive(socket: LiveSocket, context: SpaceContext, parts: LiveParts): void {
  const subscriptions = new Map<string, () => void>();
  let open = true;

  function send(frame: object): void {
    if (!open) return;
    if (socket.bufferedAmount > mostWaitingBytes) {
      close();
      socket.close(1013, "Too slow: subscribe again after your last event.");
      return;
    }
    socket.send(JSON.stringify(frame));
  }

  function close(): void {
    open = false;
    for (const stop of subscriptions.values()) stop();
    subscriptions.clear();
  }

  function hold(key: string, stop: () => void): void {
    subscriptions.get(key)?.();
    subscriptions.set(key, stop);
  }

  async function subscribe(run: string, after: number): Promise<void> {
    if (!(await parts.isVisible(context, run))) {
      send({ type: "error", code: "not_found", run, detail: "There is no such run." });
      return;
    }
    if (!open) return;
    const sink = {
      events: (events: readonly RunEvent[]) => send({ type: "events", run, events }),
      text: (piece: object) => send({ type: "stream", run, ...piece }),
    };
    hold(`run ${run}`, followRun(run, after, sink, parts));
  }

  function watchTopic(topic: "runs" | "approvals"): void {
    // the inbox holds what people are asked, of whichever kind
    const prefixes = topic === "runs" ? ["run."] : ["approval.", "question."];
    const stop = parts.hub.watchSpace(context.space, {
      run: (run, events) => {
        const types = events
          .map(({ type }) => type)
          .filter((type) => prefixes.some((prefix) => type.startsWith(prefix)));
        if (types.length > 0) send({ type: "topic", topic, run, types });
      },
    });
    hold(`topic ${topic}`, stop);
  }

  async function receive(text: string): Promise<void> {
    const frame = ClientFrame.safeParse(readJson(text));
    if (!frame.success) {
      send({ type: "error", code: "validation_failed", detail: "This frame is not known. See the API page." });
      return;
    }
    const { data } = frame;
    if (data.type === "ping") send({ type: "pong" });
    else if (data.type === "unsubscribe") {
      const key = "run" in data ? `run ${data.run}` : `topic ${data.topic}`;
      subscriptions.get(key)?.();
      subscriptions.delete(key);
    } else if (subscriptions.size >= mostSubscriptions) {
      send({ type: "error", code: "rate_limited", detail: `One socket carries ${mostSubscriptions} subscriptions.` });
    } else if ("run" in data) await subscribe(data.run, data.after);
    else watchTopic(data.topic);
  }

  // one after another: a frame must find what the one before it has done
  let turn = Promise.resolve();
  socket.on("message", (data) => {
    turn = turn.then(() => receive(data.toString())).catch(parts.onError);
  });
  socket.on("close", close);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
