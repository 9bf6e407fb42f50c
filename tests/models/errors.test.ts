import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelConnections, resolveModel } from "../../engine/src/models/index.ts";
import {
  type Answer,
  errorAnswers,
  htmlAnswer,
  type ModelServer,
  startModelServer,
} from "../support/model-server/index.ts";
import { ask, connect, listen, secretKey } from "./connect.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const refused = (status: number, type: string, message: string): Answer => ({ status, error: { type, message } });
const breaking = (type: string, message: string): Answer => ({ text: "It beg", ending: { error: { type, message } } });

const cases: [string, Answer, { code: string; facts?: object; message?: unknown }][] = [
  ["401", errorAnswers.unauthorized, { code: "model_unauthorized", facts: { retryable: false } }],
  ["403", refused(403, "permission_error", "Not yours."), { code: "model_unauthorized" }],
  ["429", errorAnswers.rateLimited, { code: "model_rate_limited", facts: { retryable: true, retryAfterMs: 2000 } }],
  [
    "429 with milliseconds",
    { ...errorAnswers.rateLimited, headers: { "retry-after-ms": "1250", "retry-after": "2" } },
    { code: "model_rate_limited", facts: { retryAfterMs: 1250 } },
  ],
  [
    "429 with a date",
    {
      ...errorAnswers.rateLimited,
      headers: { date: "Tue, 24 Nov 2026 12:00:00 GMT", "retry-after": "Tue, 24 Nov 2026 12:00:30 GMT" },
    },
    { code: "model_rate_limited", facts: { retryAfterMs: 30_000 } },
  ],
  [
    "429 without a time",
    refused(429, "rate_limit_error", "Slow down."),
    { code: "model_rate_limited", facts: { retryable: true }, message: expect.stringContaining("Slow down.") },
  ],
  [
    "429 for good",
    refused(429, "insufficient_quota", "You exceeded your quota."),
    { code: "model_rate_limited", facts: { retryable: false } },
  ],
  ["500", errorAnswers.failed, { code: "model_failed", facts: { retryable: true, more: { requestId: "req_test" } } }],
  ["502 with a page", { ...htmlAnswer, status: 502 }, { code: "model_failed", facts: { retryable: true } }],
  ["503", refused(503, "service_unavailable", "Later."), { code: "model_overloaded", facts: { retryable: true } }],
  ["529", errorAnswers.overloaded, { code: "model_overloaded", facts: { retryable: true } }],
  [
    "400",
    refused(400, "invalid_request_error", "max_tokens is too large."),
    {
      code: "model_bad_request",
      facts: { retryable: false },
      message: expect.stringContaining("max_tokens is too large."),
    },
  ],
  ["422", refused(422, "invalid_request_error", "No."), { code: "model_bad_request", facts: { retryable: false } }],
  [
    "404 of the model",
    refused(404, "not_found_error", "The model `a-model` does not exist."),
    { code: "model_unknown", facts: { retryable: false }, message: expect.stringContaining("a-model") },
  ],
  [
    "404 of a wrong address",
    { ...htmlAnswer, status: 404 },
    { code: "model_bad_request", message: expect.stringMatching(/check (OPENAI|ANTHROPIC)_BASE_URL/) },
  ],
  [
    "a web page with 200",
    htmlAnswer,
    { code: "model_failed", message: expect.stringContaining("not a model's stream") },
  ],
  [
    "an error with 200",
    { status: 200, error: { type: "overloaded_error", message: "Overloaded" } },
    { code: "model_overloaded", facts: { retryable: true } },
  ],
  [
    "an empty stream",
    { sse: ": nothing\n\n" },
    { code: "model_failed", message: expect.stringContaining("not a model's stream") },
  ],
  ["a stream that is no JSON", { sse: "event: message_start\ndata: {oops\n\n" }, { code: "model_failed" }],
  [
    "a stream without its end",
    { text: "It beg", ending: "truncate" },
    { code: "model_stream_truncated", facts: { retryable: true } },
  ],
  ["a cut connection", { text: "It beg", ending: "reset" }, { code: "model_failed", facts: { retryable: true } }],
  [
    "an error in the stream",
    breaking("server_error", "Oh no."),
    { code: "model_failed", message: expect.stringContaining("Oh no.") },
  ],
  [
    "overload in the stream",
    breaking("overloaded_error", "Overloaded"),
    { code: "model_overloaded", facts: { retryable: true } },
  ],
  [
    "a limit in the stream",
    breaking("rate_limit_error", "Slow."),
    { code: "model_rate_limited", facts: { retryable: true } },
  ],
];

describe.each(["openai-chat", "openai-responses", "anthropic"] as const)("%s", (api) => {
  test.each(cases)("%s", async (_, answer, expected) => {
    server.play([answer]);
    const before = server.requests.length;
    await expect(listen(connect(server, api), ask())).rejects.toMatchObject(expected);
    // retries are the workflow's
    expect(server.requests.length).toBe(before + 1);
  });

  test("no error repeats the key", async () => {
    for (const status of [400, 401, 429, 500]) {
      server.play([refused(status, "error", `Bad key ${secretKey} in ${secretKey}!`)]);
      const error: unknown = await listen(connect(server, api), ask()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(JSON.stringify(error) + String(error) + String((error as Error).cause)).not.toContain(secretKey);
    }
  });

  test("a key that is not accepted is named by its variable", async () => {
    server.play([errorAnswers.unauthorized]);
    const variable = api === "anthropic" ? "ANTHROPIC_API_KEY" : "OPENAI_API_KEY";
    await expect(listen(connect(server, api), ask())).rejects.toThrow(variable);
  });

  test("nobody at the address", async () => {
    const nowhere = { openAiUrl: "http://127.0.0.1:9/v1", anthropicUrl: "http://127.0.0.1:9" };
    await expect(listen(connect(nowhere, api), ask())).rejects.toMatchObject({
      code: "model_failed",
      facts: { retryable: true },
      message: expect.stringContaining("BASE_URL"),
    });
  });

  test("what the guarded fetch refuses is passed on as it is", async () => {
    const { SignalboxError } = await import("../../engine/src/errors.ts");
    const denied = new SignalboxError("egress_denied", "Not there.");
    const fetch = () => Promise.reject(new TypeError("fetch failed", { cause: denied }));
    const env = { OPENAI_BASE_URL: server.openAiUrl, ANTHROPIC_BASE_URL: server.anthropicUrl };
    const connections = modelConnections(env, { fetch, pause: async () => {} });
    const { model } = resolveModel(connections, api === "anthropic" ? "anthropic:a" : "openai:a");
    await expect(listen(model, ask())).rejects.toBe(denied);
  });

  test("cancelling while it speaks closes the request on the wire", async () => {
    server.play([{ text: "It begins and then", ending: "hang" }]);
    const controller = new AbortController();
    const heard: string[] = [];
    const speaking = (async () => {
      for await (const part of connect(server, api).stream(ask(), { signal: controller.signal })) {
        heard.push(part.type);
        controller.abort();
      }
    })();
    await expect(speaking).rejects.toMatchObject({ code: "cancelled" });
    const request = server.requests.at(-1)!;
    await request.closed;
    expect(request.aborted).toBe(true);
    expect(heard).not.toContain("end");
  });

  test("cancelling before the first word closes the request on the wire", async () => {
    const controller = new AbortController();
    server.play(() => {
      controller.abort();
      return { ending: "hang" };
    });
    await expect(listen(connect(server, api), ask(), controller.signal)).rejects.toMatchObject({ code: "cancelled" });
    const request = server.requests.at(-1)!;
    await request.closed;
    expect(request.aborted).toBe(true);
  });

  test("what was cancelled before it began is never sent", async () => {
    const before = server.requests.length;
    await expect(listen(connect(server, api), ask(), AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
    expect(server.requests.length).toBe(before);
  });

  test("whoever stops listening closes the request on the wire", async () => {
    server.play([{ text: "It begins and then", ending: "hang" }]);
    const { signal } = new AbortController();
    for await (const _ of connect(server, api).stream(ask(), { signal })) break;
    const request = server.requests.at(-1)!;
    await request.closed;
    expect(request.aborted).toBe(true);
  });

  test("an answer without end is cut off", async () => {
    const piece = "x".repeat(4 * 1024 * 1024);
    server.play([{ text: piece.repeat(5), chunk: piece.length }]);
    await expect(listen(connect(server, api), ask())).rejects.toMatchObject({
      code: "model_failed",
      message: expect.stringContaining("16 MiB"),
    });
  });
});
