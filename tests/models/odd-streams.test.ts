import type { Json } from "@signalbox/shared/json";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelServer, startModelServer, type WireApi } from "../support/model-server/index.ts";
import { ask, connect, listen } from "./connect.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

async function hear(api: WireApi, events: readonly Json[]) {
  const named = (event: Json) =>
    typeof event === "object" && event !== null && !Array.isArray(event) && typeof event.type === "string"
      ? `event: ${event.type}\r\n`
      : "";
  const sse = events.map((event) => `: a comment\r\n${named(event)}data: ${JSON.stringify(event)}\r\n\r\n`).join("");
  server.play([{ sse, chunkBytes: 1 }]);
  return (await listen(connect(server, api), ask())).response;
}

const choice = (delta: Json, finish: string | null = null, index = 0) => ({
  choices: [{ index, delta, finish_reason: finish }],
});

test("chat: unknown chunks, null fields, another choice, calls without an index, arguments as an object", async () => {
  const response = await hear("openai-chat", [
    { object: "something.else", surprise: true },
    { choices: null },
    choice({ role: "assistant", content: null, tool_calls: null, reasoning_content: "Hm" }),
    choice({ content: "not this one" }, null, 1),
    { choices: [{ delta: { content: "Hé 👋" } }] },
    choice({ tool_calls: [{ id: "a", function: { name: "one", arguments: '{"x":' } }] }),
    choice({ tool_calls: [{ function: { arguments: "1}" } }] }),
    choice({
      tool_calls: [{ id: "b", function: { name: "two", arguments: { y: 2 } }, extra_content: { signature: "s" } }],
    }),
    choice({ tool_calls: [{ index: 0, id: "c", function: { name: "three", arguments: null } }] }),
    choice({ tool_calls: [{ index: 0, id: "d", function: { name: "four", arguments: "null" } }] }),
    choice({}, "stop"),
  ]);
  expect(response).toMatchObject({
    text: "Hé 👋",
    reasoning: "Hm",
    stop: "tool_calls",
    usage: { inputTokens: 0, outputTokens: 0 },
    toolCalls: [
      { id: "a", name: "one", arguments: { x: 1 } },
      { id: "b", name: "two", arguments: { y: 2 } },
      { id: "c", name: "three", arguments: {} },
      { id: "d", name: "four", arguments: {} },
    ],
  });
  expect(JSON.stringify(response.native)).toContain('"extra_content":{"signature":"s"}');
});

test("chat: reasoning details are merged and kept for the provider", async () => {
  const detail = (text: string, more: object = {}) => ({ type: "reasoning.text", index: 0, text, ...more });
  const response = await hear("openai-chat", [
    choice({ reasoning: "Let", reasoning_details: [detail("Let")] }),
    choice({ reasoning: " me", reasoning_details: [detail(" me", { signature: "s", format: null })] }),
    choice({ content: "4" }, "stop"),
  ]);
  expect(response).toMatchObject({
    reasoning: "Let me",
    native: { content: { content: "4", reasoning_details: [detail("Let me", { signature: "s", format: null })] } },
  });
});

test("chat: a content filter is a refusal", async () => {
  const response = await hear("openai-chat", [choice({ content: "I wi" }), choice({}, "content_filter")]);
  expect(response).toMatchObject({ text: "I wi", stop: "refusal", refusal: expect.stringContaining("filter") });
});

test("responses: unknown events and items, ids that change, text that only its end tells", async () => {
  const message = (id: string, text: string) => ({ type: "message", id, content: [{ type: "output_text", text }] });
  const response = await hear("openai-responses", [
    { type: "response.created", response: { id: "r", model: "m", status: "in_progress" } },
    { type: "response.holograms.delta", hologram: [1, 2] },
    { type: "response.output_item.added", output_index: 0, item: { type: "hologram", id: "h" } },
    { type: "response.output_item.done", output_index: 0, item: { type: "hologram", id: "h" } },
    { type: "response.output_item.added", output_index: 1, item: { type: "message", id: "one", content: null } },
    { type: "response.output_text.delta", output_index: 1, item_id: "other", delta: "Some" },
    { type: "response.output_item.done", output_index: 1, item: message("third", "Some words") },
    { type: "response.completed", response: { status: "completed", output: null, usage: null } },
  ]);
  expect(response).toMatchObject({ text: "Some words", model: "m", providerId: "r", stop: "end" });
});

test("responses: an answer that is only in the last event", async () => {
  const call = { type: "function_call", id: "f", call_id: "c", name: "one", arguments: "{}" };
  const message = { type: "message", id: "a", content: [{ type: "output_text", text: "All at once" }] };
  const response = await hear("openai-responses", [
    { type: "response.completed", response: { id: "r", model: "m", status: "completed", output: [message, call] } },
  ]);
  expect(response).toMatchObject({ text: "All at once", toolCalls: [{ id: "c", name: "one", arguments: {} }] });
});

test("responses: a failed answer is an error", async () => {
  const failed = { type: "response.failed", response: { error: { code: "rate_limit_exceeded", message: "Slow." } } };
  await expect(hear("openai-responses", [failed])).rejects.toMatchObject({ code: "model_rate_limited" });
});

test("anthropic: unknown blocks and deltas, a missing start of a block, no stop reason", async () => {
  const response = await hear("anthropic", [
    { type: "message_start", message: { id: "m", model: "c", usage: null } },
    { type: "weather_report", sunny: true },
    { type: "content_block_start", index: 0, content_block: { type: "hologram", shape: "cube" } },
    { type: "content_block_delta", index: 0, delta: { type: "hologram_delta", shape: "s" } },
    { type: "content_block_stop", index: 0 },
    { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Hé" } },
    {
      type: "content_block_start",
      index: 2,
      content_block: { type: "tool_use", id: "t", name: "one", input: { x: 1 } },
    },
    { type: "content_block_stop", index: 2 },
    { type: "message_stop" },
  ]);
  expect(response).toMatchObject({
    text: "Hé",
    toolCalls: [{ id: "t", name: "one", arguments: { x: 1 } }],
    stop: "tool_calls",
    native: {
      content: [{ type: "hologram", shape: "cubes" }, { type: "text" }, { type: "tool_use", input: { x: 1 } }],
    },
  });
});

test("anthropic: a message that begins again replaces what came before", async () => {
  const start = (id: string) => ({ type: "message_start", message: { id, model: "c", usage: { input_tokens: 3 } } });
  const text = (said: string) => [
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: said } },
  ];
  const end = { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 4 } };
  const tool = { type: "tool_use", id: "t", name: "one", input: {} };
  const call = { type: "content_block_start", index: 1, content_block: tool };
  const response = await hear("anthropic", [
    start("first"),
    ...text("Fir"),
    call,
    start("second"),
    ...text("Second"),
    end,
  ]);
  expect(response).toMatchObject({
    text: "Second",
    toolCalls: [],
    providerId: "second",
    usage: { inputTokens: 3, outputTokens: 4 },
  });
});
