import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { asking, doubling, drawing, edge, node } from "../support/drawing.ts";
import { databaseKinds, ownerToken, startEngine, type TestEngine, textOf } from "../support/engine.ts";

interface Frame {
  type: string;
  run?: string;
  code?: string;
  topic?: string;
  text?: string;
  events?: RunEvent[];
}

/** A socket whose frames are read one after another. */
async function openSocket(address: string, headers: Record<string, string>) {
  const socket = new WebSocket(`${address.replace("http", "ws")}/api/v1/live`, { headers });
  const frames: Frame[] = [];
  const closed = new Promise<void>((done) => socket.on("close", () => done()));
  let ring = () => {};
  socket.on("message", (data) => {
    frames.push(JSON.parse(textOf(data)));
    ring();
  });
  const status = await new Promise<number>((done) => {
    socket.on("open", () => done(101));
    socket.on("unexpected-response", (_request, response) => done(response.statusCode ?? 0));
    socket.on("error", () => done(0));
  });
  return {
    status,
    socket,
    closed,
    frames,
    send: (frame: object | string) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    until: async (holds: (frames: readonly Frame[]) => boolean) => {
      while (!holds(frames)) {
        await new Promise<void>((next) => {
          ring = next;
        });
      }
      return frames;
    },
  };
}

const eventsOf = (frames: readonly Frame[], run: string) =>
  frames.flatMap((frame) => (frame.type === "events" && frame.run === run ? (frame.events ?? []) : []));
const hasEnded = (run: string) => (frames: readonly Frame[]) => eventsOf(frames, run).some(endsRun);

describe.each(databaseKinds)("the live socket on %s", (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.stop(0);
    expect(engine.errors).toEqual([]);
  });
  const bearer = { authorization: `Bearer ${ownerToken}` };
  const open = (headers: Record<string, string> = bearer) => openSocket(engine.address, headers);

  test("who comes at any moment gets every event after their last, once and in order", async () => {
    const run = await engine.run(doubling, { n: 1 });
    const whole = await engine.follow(run);
    for (const after of [0, 1, 5, whole.length - 1]) {
      expect(await engine.follow(run, endsRun, after)).toEqual(whole.slice(after));
    }
    const live = await open();
    live.send({ type: "subscribe", run, after: whole.length });
    live.send({ type: "ping" });
    await live.until((frames) => frames.some(({ type }) => type === "pong"));
    expect(eventsOf(live.frames, run)).toEqual([]);
    live.socket.close();
  });

  test("one socket carries many runs, before and while they run, and lets go of each alone", async () => {
    const live = await open();
    const runs = await Promise.all([1, 2, 3, 4, 5].map((n) => engine.run(asking, n)));
    for (const run of runs) live.send({ type: "subscribe", run });
    await live.until((frames) => runs.every((run) => eventsOf(frames, run).some(({ type }) => type === "run.waiting")));
    const [left = "", ...kept] = runs;
    live.send({ type: "unsubscribe", run: left });
    live.send({ type: "ping" });
    await live.until((frames) => frames.some(({ type }) => type === "pong"));
    for (const run of runs) await engine.call("POST", `runs/${run}/cancel`);
    await engine.follow(left);
    await live.until((frames) => kept.every((run) => hasEnded(run)(frames)));
    expect(eventsOf(live.frames, left).some(endsRun)).toBe(false);
    for (const run of kept) {
      const seqs = eventsOf(live.frames, run).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    }
    live.socket.close();
  });

  test("model text comes as it is said, before the event that ends the call", async () => {
    const graph = drawing(
      [
        node("start", "start"),
        node("ask", "approval", { title: "?" }),
        node("say", "agent", { model: "simulated", prompt: "Write at length about {{ input }}." }),
      ],
      [edge("start", "ask"), edge("ask", "say", "approved")],
    );
    const live = await open();
    const run = await engine.run(graph, "trains");
    live.send({ type: "subscribe", run });
    const asked = await live.until((frames) => eventsOf(frames, run).some(({ type }) => type === "run.waiting"));
    const request = eventsOf(asked, run).find((event) => event.type === "approval.requested");
    await engine.call("POST", `approvals/${request?.approval}`, { decision: "approve" });
    const frames = await live.until(hasEnded(run));
    const said = frames.filter(({ type }) => type === "stream").map(({ text }) => text);
    const ended = eventsOf(frames, run).find(({ type }) => type === "model.responded");
    expect(ended).toMatchObject({ text: said.join("") });
    live.socket.close();
  });

  test("topics tell that something is new", async () => {
    const live = await open();
    live.send({ type: "subscribe", topic: "approvals" });
    live.send({ type: "subscribe", topic: "runs" });
    live.send({ type: "ping" });
    await live.until((frames) => frames.some(({ type }) => type === "pong"));
    const run = await engine.run(asking, "it");
    await live.until((frames) => frames.some((frame) => frame.topic === "approvals" && frame.run === run));
    await live.until((frames) => frames.some((frame) => frame.topic === "runs" && frame.run === run));
    await engine.call("POST", `runs/${run}/cancel`);
    await engine.follow(run);
    live.socket.close();
  });

  test("what is not understood or not there is told, and the socket stays open", async () => {
    const live = await open();
    for (const frame of ["{", "[]", { type: "shout" }, { type: "subscribe", run: "run_none" }, { type: "ping" }]) {
      live.send(frame);
    }
    const frames = await live.until((all) => all.some(({ type }) => type === "pong") && all.length >= 5);
    expect(
      frames
        .filter(({ type }) => type === "error")
        .map(({ code }) => code)
        .sort(),
    ).toEqual(["not_found", "validation_failed", "validation_failed", "validation_failed"]);
    live.socket.close();
  });

  test("another site, a stranger and one who says nothing of themselves are kept out", async () => {
    expect((await open({ ...bearer, origin: "https://evil.example" })).status).toBe(403);
    expect((await open({ authorization: "Bearer wrong" })).status).toBe(401);
    expect((await open({})).status).toBe(401);
    expect((await open({ origin: engine.address })).status).toBe(401);
    expect((await open({ ...bearer, origin: engine.address })).status).toBe(101);
  });
});
