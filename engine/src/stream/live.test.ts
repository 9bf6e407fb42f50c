import type { RunEvent } from "@signalbox/shared/events";
import { expect, test } from "vitest";
import type { EncodedEvent } from "../run/encode.ts";
import { handClock } from "../testing/hand-clock.ts";
import { createHub } from "./hub.ts";
import { serveLive } from "./live.ts";

const event = (seq: number): RunEvent => ({ type: "run.resumed", run: "run_1", seq, at: "2026-01-01T00:00:00.000Z" });
const encoded = (seq: number): EncodedEvent => ({
  event: event(seq),
  stored: { seq, body: JSON.stringify(event(seq)) },
  blobs: [],
});

/** A live socket whose other side reads as slowly as the test wants. */
function openLive() {
  const log: EncodedEvent[] = [encoded(1)];
  const hub = createHub(handClock());
  const sent: { type: string; events?: RunEvent[] }[] = [];
  const closed: number[] = [];
  const hear: Record<string, (data: string) => void> = {};
  const socket = {
    bufferedAmount: 0,
    send: (text: string) => sent.push(JSON.parse(text)),
    close: (code: number) => closed.push(code),
    on: (name: string, listener: (data: { toString: () => string }) => void) => {
      hear[name] = listener;
    },
  };
  serveLive(
    socket,
    { space: "space", actor: "ada" },
    {
      store: { readEvents: async (_run, after) => log.map(({ stored }) => stored).filter(({ seq }) => seq > after) },
      hub,
      isVisible: async () => true,
      onError: (error) => {
        throw error;
      },
    },
  );
  return {
    socket,
    sent,
    closed,
    say: (frame: object) => hear.message?.(JSON.stringify(frame)),
    add: (seq: number) => {
      log.push(encoded(seq));
      hub.publish("run_1", "space", [encoded(seq)]);
    },
  };
}

const settled = () => new Promise((done) => setImmediate(done));

test("a client that reads too slowly is let go, and finds every event when it comes back after its last", async () => {
  const slow = openLive();
  slow.say({ type: "subscribe", run: "run_1" });
  await settled();
  slow.socket.bufferedAmount = 1024 * 1024;
  slow.add(2);
  slow.socket.bufferedAmount += 1;
  slow.add(3);
  slow.add(4);
  expect(slow.closed).toEqual([1013]);
  const had = slow.sent.flatMap(({ events = [] }) => events.map(({ seq }) => seq));
  expect(had).toEqual([1, 2]);
});

test("subscribing again moves the place, and gives nothing twice from there on", async () => {
  const live = openLive();
  live.say({ type: "subscribe", run: "run_1", after: 1 });
  await settled();
  live.add(2);
  live.say({ type: "subscribe", run: "run_1", after: 1 });
  await settled();
  live.add(3);
  expect(live.sent.map(({ events = [] }) => events.map(({ seq }) => seq))).toEqual([[2], [2], [3]]);
});

test("letting go right after subscribing lets go", async () => {
  const live = openLive();
  live.say({ type: "subscribe", run: "run_1", after: 1 });
  live.say({ type: "unsubscribe", run: "run_1" });
  await settled();
  live.add(2);
  expect(live.sent).toEqual([]);
});

test("one socket carries a bounded number of subscriptions", async () => {
  const live = openLive();
  for (let run = 0; run < 201; run += 1) live.say({ type: "subscribe", run: `run_${run}` });
  await settled();
  expect(live.sent.filter(({ type }) => type === "error")).toMatchObject([{ code: "rate_limited" }]);
});
