import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { RunEvent } from "@signalbox/shared/events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { drawing, edge, node } from "../support/drawing.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";

let engine: TestEngine;
let server: Server;
let origin: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const asked: { method: string; url: string; key: string | undefined; body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const body = Buffer.concat(chunks).toString();
      asked.push({ method, url, key: headers["idempotency-key"]?.toString(), body });
      answer(request, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  origin = `http://127.0.0.1:${port}`;
  engine = await startEngine("embedded", { SIGNALBOX_EGRESS_ALLOW: `127.0.0.1=127.0.0.1/32:${port}` });
});
afterAll(async () => {
  await engine.stop(0);
  server.closeAllConnections();
  server.close();
  expect(engine.errors).toEqual([]);
});
beforeEach(() => {
  asked.length = 0;
  answer = (_request, response) => response.end("ok");
});

/** Runs one tool node; its `out` way leads to the end `well`, its `error` way (where drawn) to `ill`. */
async function runTool(data: object, { input, ill = false }: { input?: unknown; ill?: boolean } = {}) {
  const run = await engine.run(
    drawing(
      [
        node("start", "start"),
        node("call", "tool", data),
        node("well", "end", { output: "{{ call }}" }),
        ...(ill ? [node("ill", "end", { output: "{{ call }}" })] : []),
      ],
      [edge("start", "call"), edge("call", "well"), ...(ill ? [edge("call", "ill", "error")] : [])],
    ),
    input,
  );
  const events = await engine.follow(run);
  return { events, last: events.at(-1) };
}
const request = (args: object, more: object = {}) => ({ tool: "http.request", arguments: args, ...more });
const typesOf = (events: readonly RunEvent[], type: string) => events.filter((event) => event.type === type);

test("a request is sent with what the graph says, and its answer goes on as a value", async () => {
  answer = (_request, response) => {
    response.setHeader("content-type", "application/json; charset=utf-8");
    response.end('{"price": 12.5}');
  };
  const { last } = await runTool(
    request({ url: `${origin}/{{ input.path }}`, query: { q: "{{ input.q }}", n: 2 }, headers: { "X-One": "1" } }),
    { input: { path: "items", q: "a b" } },
  );
  expect(asked).toMatchObject([{ method: "GET", url: "/items?q=a+b&n=2", key: undefined }]);
  expect(last).toMatchObject({ output: { status: 200, body: { price: 12.5 }, url: `${origin}/items?q=a+b&n=2` } });
});

test("what changes something carries a key that is in the log and the same for every attempt", async () => {
  answer = (_request, response) => {
    response.statusCode = asked.length < 3 ? 503 : 200;
    response.end("later");
  };
  const { events, last } = await runTool(
    request({ url: origin, method: "POST", body: { a: 1 } }, { retry: { attempts: 3, backoff: "10ms" } }),
  );
  expect(last).toMatchObject({ type: "run.completed", output: { status: 200 } });
  expect(typesOf(events, "node.retrying")).toHaveLength(2);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
  expect(typesOf(events, "tool.called")[0]).toMatchObject({ key: asked[0]?.key });
  expect(asked[0]).toMatchObject({ method: "POST", body: '{"a":1}' });
});

test("a 4xx is tried again as the node says, then takes the error way; it can be accepted", async () => {
  answer = (_request, response) => {
    response.statusCode = 404;
    response.end("no such thing");
  };
  const retried = { retry: { attempts: 3, backoff: "10ms" } };
  const { events, last } = await runTool(request({ url: origin }, retried), { ill: true });
  expect(last).toMatchObject({
    type: "run.completed",
    output: { code: "http_status", message: expect.stringContaining("404: no such thing"), node: "call", attempt: 3 },
  });
  expect(typesOf(events, "node.retrying")).toHaveLength(2);
  expect(asked).toHaveLength(3);
  for (const accepted of [404, "4xx"]) {
    const taken = await runTool(request({ url: origin, acceptStatus: [accepted] }));
    expect(taken.last).toMatchObject({ output: { status: 404, body: "no such thing" } });
  }
});

test("a failure nobody takes care of fails the run, with the node named", async () => {
  answer = (_request, response) => {
    response.statusCode = 500;
    response.end();
  };
  const { last } = await runTool(request({ url: origin }));
  expect(last).toMatchObject({ type: "run.failed", error: { code: "http_status", node: "call" } });
});

test("a timeout covers all attempts, hangs up, and is a way like any other", async () => {
  const hungUp = Promise.withResolvers<void>();
  answer = (incoming) => incoming.socket.once("close", () => hungUp.resolve());
  const { last } = await runTool(
    request({ url: origin }, { timeout: "150ms", retry: { attempts: 5, backoff: "1s" } }),
    {
      ill: true,
    },
  );
  expect(last).toMatchObject({ type: "run.completed", output: { code: "timeout" } });
  await hungUp.promise;
});

test("cancelling hangs up, and the run says whose outcome it does not know", async () => {
  const hungUp = Promise.withResolvers<void>();
  answer = (incoming) => incoming.socket.once("close", () => hungUp.resolve());
  const run = await engine.run(
    drawing(
      [node("start", "start"), node("call", "tool", request({ url: origin, method: "POST" }))],
      [edge("start", "call")],
    ),
  );
  await engine.follow(run, ({ type }) => type === "tool.called");
  await engine.call("POST", `runs/${run}/cancel`);
  const events = await engine.follow(run);
  expect(events.at(-1)).toMatchObject({
    type: "run.cancelled",
    unknown: [{ node: "call", activation: "call", tool: "http.request" }],
  });
  await hungUp.promise;
});

test.each([
  "http://127.0.0.1:81/",
  "http://localhost/",
  "http://[::1]/",
  "http://169.254.169.254/latest/meta-data",
  "http://0x7f000001/",
  "http://10.0.0.1/",
  "file:///etc/passwd",
  "https://user:secret@example.com/",
])("%s is inside and is not called", async (url) => {
  const { last } = await runTool(request({ url }));
  expect(last).toMatchObject({ type: "run.failed", error: { code: "egress_denied" } });
});

test.each(["GET", "HEAD"])("a body on a %s request is refused before anything is sent", async (method) => {
  const { last } = await runTool(request({ url: origin, method, body: { a: 1 } }), { ill: true });
  const output = { code: "tool_arguments_invalid", message: expect.stringContaining(`${method} request has no body`) };
  expect(last).toMatchObject({ type: "run.completed", output });
  expect(asked).toHaveLength(0);
  expect((await runTool(request({ url: origin, method, body: "" }))).last).toMatchObject({ output: { status: 200 } });
});

test("a redirect to the inside is not followed", async () => {
  answer = (_request, response) => {
    response.writeHead(302, { location: "http://169.254.169.254/" }).end();
  };
  expect((await runTool(request({ url: origin }))).last).toMatchObject({ error: { code: "egress_denied" } });
});

const code = (text: string, input?: unknown) => ({
  tool: "code.javascript",
  arguments: { code: text, ...(input === undefined ? {} : { input }) },
});

test("code is a function of its input, and data never becomes part of it", async () => {
  const { last } = await runTool(
    code("return { sum: input.reduce((a, b) => a + b, 0), text: '{{ input }}' }", "{{ input }}"),
    {
      input: [1, 2, 3],
    },
  );
  expect(last).toMatchObject({ output: { sum: 6, text: "{{ input }}" } });
});

test.each([
  ["throws", "const a = 1;\nthrow new Error('no')", "code_failed", /line 2/],
  ["has no form", "return (", "code_failed", /./],
  ["never ends", "for (;;) {}", "code_timeout", /./],
  ["wants a file", "return require('node:fs')", "code_failed", /require/],
  ["wants the network", "return fetch('https://example.com')", "code_failed", /fetch/],
  ["wants the process", "return process.env", "code_failed", /process/],
  ["returns a promise", "return Promise.resolve(1)", "code_failed", /promise/],
  ["eats all memory", "let all = 'x'; for (;;) all += all", "code_failed", /./],
])("code that %s fails its node and harms nothing else", async (_what, text, expected, sentence) => {
  const { last } = await runTool(code(text), { ill: true });
  expect(last).toMatchObject({
    type: "run.completed",
    output: { code: expected, message: expect.stringMatching(sentence) },
  });
  expect((await runTool(code("return 1"))).last).toMatchObject({ output: 1 });
});

test("many pieces of code at once all come to their end", async () => {
  const items = Array.from({ length: 40 }, (_, index) => index);
  const run = await engine.run(
    drawing(
      [
        node("start", "start"),
        node("each", "parallel", { mode: "forEach", items: "input" }),
        { ...node("twice", "tool", code("return input * 2", "{{ item }}")), parentId: "each" },
        node("stop", "end", { output: "{{ each }}" }),
      ],
      [edge("start", "each"), edge("each", "stop")],
    ),
    items,
  );
  const events = await engine.follow(run);
  expect(events.at(-1)).toMatchObject({ type: "run.completed", output: items.map((item) => item * 2) });
});
