import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunEvent } from "@signalbox/shared/events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { drawing, edge, node } from "../support/drawing.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { asked, type ModelServer, startModelServer } from "../support/model-server/index.ts";

const msPerCall = 300;
const wide = 10;

let engine: TestEngine;
let models: ModelServer;
let origin: string;
/** Calls of either kind that are under way, and the most that ever were. */
let open = 0;
let most = 0;
const hungUp: string[] = [];

const server = createServer((request, response) => {
  const { url = "" } = request;
  open += 1;
  most = Math.max(most, open);
  response.once("close", () => {
    open -= 1;
    if (!response.writableFinished) hungUp.push(url);
  });
  if (url !== "/never") answerLater(response);
});

function answerLater(response: ServerResponse): void {
  setTimeout(() => response.end("ok"), msPerCall);
}

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  // a server that listens on a port has an address with one
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  models = await startModelServer({
    script: async (request) => {
      const { prompt } = asked(request);
      if (prompt === "never begin") return await new Promise(() => {});
      if (prompt === "never end") return { text: "once upon a time", ending: "hang" };
      open += 1;
      most = Math.max(most, open);
      void request.closed.then(() => {
        open -= 1;
      });
      await new Promise((done) => setTimeout(done, msPerCall));
      return { text: "ok" };
    },
  });
  engine = await startEngine("embedded", {
    SIGNALBOX_EGRESS_ALLOW: `127.0.0.1=127.0.0.1/32:${port}`,
    OPENAI_BASE_URL: models.openAiUrl,
  });
});
afterAll(async () => {
  await engine.stop(0);
  await models.close();
  server.closeAllConnections();
  server.close();
  expect(engine.errors).toEqual([]);
});
beforeEach(() => {
  most = 0;
  hungUp.length = 0;
});

const call = (path = "/") => ({ tool: "http.request", arguments: { url: `${origin}${path}` } });
const ask = (prompt: string) => ({ model: "openai:played", prompt });

/** Lanes with one node each. */
function fan(lanes: readonly { type: string; data: object }[], join: string) {
  return drawing(
    [
      node("start", "start"),
      node("fan", "parallel", { mode: "lanes", join }),
      ...lanes.map(({ type, data }, index) => node(`lane${index}`, type, data, "fan")),
      node("stop", "end", { output: "{{ fan }}" }),
    ],
    [edge("start", "fan"), edge("fan", "stop")],
  );
}

/** A list, each item of which is one call. */
function list(type: string, data: object, size: number) {
  return drawing(
    [
      node("start", "start"),
      node("each", "parallel", { mode: "forEach", items: JSON.stringify(Array.from({ length: size }, (_, n) => n)) }),
      node("one", type, data, "each"),
    ],
    [edge("start", "each")],
  );
}

async function msOf(graph: object): Promise<number> {
  const events = await engine.follow(await engine.run(graph));
  expect(events.at(-1)).toMatchObject({ type: "run.completed" });
  return at(events.at(-1)) - at(events.find(({ type }) => type === "run.started"));
}

const at = (event: RunEvent | undefined) => Date.parse(event?.at ?? "");

test.each([
  [
    "lanes of HTTP requests",
    (size: number) =>
      fan(
        Array.from({ length: size }, () => ({ type: "tool", data: call() })),
        "all",
      ),
  ],
  ["items of HTTP requests", (size: number) => list("tool", call(), size)],
  [
    "lanes of model calls",
    (size: number) =>
      fan(
        Array.from({ length: size }, () => ({ type: "agent", data: ask("?") })),
        "all",
      ),
  ],
  ["items of model calls", (size: number) => list("agent", ask("{{ item }}"), size)],
])(`${wide} %s run at the same time: they take less than twice as long as one`, async (_name, graph) => {
  // the best of three: what the machine does besides only ever adds
  const best = async (size: number) => {
    const times: number[] = [];
    for (let round = 0; round < 3; round += 1) times.push(await msOf(graph(size)));
    return Math.min(...times);
  };
  const one = await best(1);
  expect(most).toBe(1);
  const all = await best(wide);
  expect(most).toBe(wide);
  expect(one).toBeGreaterThanOrEqual(msPerCall);
  expect(all).toBeLessThan(2 * one);
});

test("an HTTP request that lost the race is hung up on", async () => {
  const graph = fan(
    [
      { type: "tool", data: call() },
      { type: "tool", data: call("/never") },
    ],
    "any",
  );
  const events = await engine.follow(await engine.run(graph));
  expect(events.at(-1)).toMatchObject({ type: "run.completed", output: { lane1: null } });
  await expect.poll(() => hungUp).toEqual(["/never"]);
});

test.each(["never begin", "never end"])("a model that would %s and lost the race is hung up on", async (prompt) => {
  const graph = fan(
    [
      { type: "tool", data: call() },
      { type: "agent", data: ask(prompt) },
    ],
    "any",
  );
  const events = await engine.follow(await engine.run(graph));
  expect(events.at(-1)).toMatchObject({ type: "run.completed", output: { lane1: null } });
  const lost = models.requests.find((request) => asked(request).prompt === prompt);
  await lost?.closed;
  expect(lost).toMatchObject({ aborted: true });
});

test("all that works when a run is ended by one of its ends is hung up on", async () => {
  const graph = drawing(
    [
      node("start", "start"),
      node("slow", "tool", call("/never")),
      node("quick", "tool", call()),
      node("now", "end", { output: "done", terminate: true }),
    ],
    [edge("start", "slow"), edge("start", "quick"), edge("quick", "now")],
  );
  const events = await engine.follow(await engine.run(graph));
  expect(events.at(-1)).toMatchObject({ type: "run.completed", output: "done" });
  await expect.poll(() => hungUp).toEqual(["/never"]);
});
