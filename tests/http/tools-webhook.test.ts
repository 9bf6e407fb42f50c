import { createHmac } from "node:crypto";
import type { Credential } from "@signalbox/shared/api";
import type { RunEvent } from "@signalbox/shared/events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { drawing, edge, node } from "../support/drawing.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { type LocalServer, startLocalServer } from "../support/local-server.ts";

const bytes = Buffer.from("SECRETCANARY_webhook_key_0042");
const key = `whsec_${bytes.toString("base64")}`;

let engine: TestEngine;
let receiver: LocalServer;
let elsewhere: LocalServer;
let credential: string;

beforeAll(async () => {
  [receiver, elsewhere] = await Promise.all([startLocalServer(), startLocalServer()]);
  const allowed = [receiver, elsewhere].map(({ allowance }) => allowance).join(",");
  engine = await startEngine("embedded", { SIGNALBOX_EGRESS_ALLOW: allowed });
  credential = await make({ kind: "webhook", hosts: ["127.0.0.1"], secret: { key } });
});
afterAll(async () => {
  await engine.stop(0);
  receiver.close();
  elsewhere.close();
  expect(engine.errors).toEqual([]);
});
beforeEach(() => {
  receiver.asked.length = 0;
  elsewhere.asked.length = 0;
  receiver.answer = (_asked, response) => response.writeHead(204).end();
});

async function make(body: object): Promise<string> {
  const made = await engine.call<Credential>("POST", "credentials", { name: "Shop", ...body });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body.id;
}

async function send(args: object, { using = credential, ...data }: { using?: string | null; retry?: object } = {}) {
  const more = using === null ? {} : { credential: { $credential: using } };
  const tell = node("tell", "tool", { tool: "webhook.send", arguments: args, ...more, ...data });
  const [start, well, ill] = [
    node("start", "start"),
    node("well", "end", { output: "{{ tell }}" }),
    node("ill", "end", { output: "{{ tell }}" }),
  ];
  const edges = [edge("start", "tell"), edge("tell", "well"), edge("tell", "ill", "error")];
  const run = await engine.run(drawing([start, tell, well, ill], edges));
  const events = await engine.follow(run);
  return { run, events, last: events.at(-1) };
}
const keyOf = (events: readonly RunEvent[]) => events.find((event) => event.type === "tool.called")?.key;
const signatureOf = ({ headers, body }: LocalServer["asked"][number], secret: Uint8Array) =>
  `v1,${createHmac("sha256", secret)
    .update(`${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`)
    .digest("base64")}`;

test("a webhook arrives signed over its id, its time and its body", async () => {
  const before = Math.floor(Date.now() / 1000);
  const { events, last } = await send({ url: `${receiver.origin}/hook`, payload: { order: 7, note: "ä" } });
  const [asked] = receiver.asked;
  expect(asked).toMatchObject({ method: "POST", url: "/hook", body: '{"order":7,"note":"ä"}' });
  expect(asked?.headers).toMatchObject({ "content-type": "application/json", "webhook-id": keyOf(events) });
  expect(Number(asked?.headers["webhook-timestamp"])).toBeGreaterThanOrEqual(before);
  expect(Number(asked?.headers["webhook-timestamp"])).toBeLessThanOrEqual(Date.now() / 1000);
  expect(asked?.headers["webhook-signature"]).toBe(asked && signatureOf(asked, bytes));
  expect(last).toMatchObject({ type: "run.completed", output: { id: keyOf(events), status: 204 } });
});

test("with a type the payload is sent as data in the scheme's envelope", async () => {
  await send({ url: receiver.origin, type: "order.paid", payload: [1, null] });
  expect(JSON.parse(receiver.asked[0]?.body ?? "")).toEqual({
    type: "order.paid",
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    data: [1, null],
  });
});

test("a key that is not written in base64 is taken as it is", async () => {
  const secret = { key: "a long text, taken as it is" };
  const using = await make({ kind: "webhook", hosts: ["127.0.0.1"], secret });
  await send({ url: receiver.origin, payload: 1 }, { using });
  const [asked] = receiver.asked;
  expect(asked?.headers["webhook-signature"]).toBe(asked && signatureOf(asked, Buffer.from(secret.key)));
});

test("every attempt carries the same id, so that the receiver can take it once", async () => {
  receiver.answer = (_asked, response) => response.writeHead([429, 503, 200][receiver.asked.length - 1] ?? 200).end();
  const { last } = await send({ url: receiver.origin, payload: {} }, { retry: { attempts: 3, backoff: "10ms" } });
  expect(last).toMatchObject({ type: "run.completed", output: { status: 200 } });
  expect(receiver.asked).toHaveLength(3);
  expect(new Set(receiver.asked.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

test.each([400, 401, 404, 410, 422])("an answer of %i is final: the receiver will never take it", async (status) => {
  receiver.answer = (_asked, response) => response.writeHead(status).end("not this one");
  const { last } = await send({ url: receiver.origin, payload: {} }, { retry: { attempts: 3, backoff: "10ms" } });
  const message = expect.stringContaining(`answered ${status}: not this one`);
  expect(last).toMatchObject({ type: "run.completed", output: { code: "http_status", message } });
  expect(receiver.asked).toHaveLength(1);
});

test.each([301, 302, 303, 307, 308])("a redirect by %i is no receipt and is not followed", async (status) => {
  receiver.answer = (_asked, response) => response.writeHead(status, { location: elsewhere.origin }).end();
  const { last } = await send({ url: receiver.origin, payload: {} });
  expect(last).toMatchObject({ output: { code: "http_status" } });
  expect(elsewhere.asked).toHaveLength(0);
});

test("nothing is sent without a key, with a secret of another kind, or to a host that the key is not bound to", async () => {
  const [bearer, foreign] = await Promise.all([
    make({ kind: "bearer", hosts: ["127.0.0.1"], secret: { token: "SECRETCANARY_bearer" } }),
    make({ kind: "webhook", hosts: ["hooks.example.com"], secret: { key } }),
  ]);
  for (const [using, code] of [
    [null, "credential_missing"],
    [bearer, "credential_not_taken"],
    [foreign, "credential_host_denied"],
  ] as const) {
    expect((await send({ url: receiver.origin, payload: {} }, { using })).last).toMatchObject({ output: { code } });
  }
  expect(receiver.asked).toHaveLength(0);
});

test("a key that signs is never sent itself, and is nowhere to be found", async () => {
  receiver.answer = (_asked, response) => response.writeHead(400).end(`bad key ${key}`);
  const { run, events } = await send({ url: receiver.origin, payload: {} });
  const known = JSON.stringify([events, (await engine.call("GET", `runs/${run}/export`)).body]);
  expect(known).toContain("bad key [secret]");
  expect(known).not.toContain(bytes.toString("base64"));
  expect(JSON.stringify(receiver.asked)).not.toContain(bytes.toString("base64"));

  const asRequest = {
    tool: "http.request",
    arguments: { url: receiver.origin },
    credential: { $credential: credential },
  };
  const other = await engine.run(
    drawing([node("start", "start"), node("ask", "tool", asRequest)], [edge("start", "ask")]),
  );
  expect((await engine.follow(other)).at(-1)).toMatchObject({ error: { code: "credential_not_taken" } });
  expect(receiver.asked).toHaveLength(1);
});

test.each([
  ["is too short", "short"],
  ["says base64 and is not", "whsec_not base64 at all, this is"],
  ["is short in base64", `whsec_${btoa("short")}`],
])("a key that %s is refused with its field", async (_what, bad) => {
  const body = { name: "Shop", kind: "webhook", hosts: ["127.0.0.1"], secret: { key: bad } };
  expect(await engine.call("POST", "credentials", body)).toMatchObject({ status: 400, body: { path: "secret.key" } });
});
