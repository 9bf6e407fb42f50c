import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ModelMessage, modelConnections, type OfferedTool, resolveModel } from "../../engine/src/models/index.ts";
import { asked, jsonAnswer, type ModelServer, startModelServer } from "../support/model-server/index.ts";
import { ask, connect, listen, secretKey } from "./connect.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const lastRequest = () => server.requests.at(-1)!;

const stock: OfferedTool = {
  name: "stock",
  description: "How many there are",
  input: { type: "object", properties: { item: { type: "string" } }, required: ["item"] },
};
const price: OfferedTool = { ...stock, name: "price", description: "What it costs" };

describe.each(["openai-chat", "openai-responses", "anthropic"] as const)("%s", (api) => {
  test("an answer arrives in deltas and whole, with its usage", async () => {
    const usage = { inputTokens: 100, outputTokens: 20, cachedInputTokens: 60, reasoningTokens: 8 };
    server.play([{ text: "Grüße an 👩‍👩‍👧‍👦 und alle anderen", reasoning: "Let me think about it.", usage, chunk: 4 }]);
    const heard = await listen(
      connect(server, api),
      ask({ instructions: "Be brief.", messages: [{ role: "user", text: "Hi" }] }),
    );
    expect(heard.response).toMatchObject({
      text: "Grüße an 👩‍👩‍👧‍👦 und alle anderen",
      reasoning: "Let me think about it.",
      stop: "end",
      toolCalls: [],
      usage,
      model: "a-model",
      providerId: expect.stringMatching(/\d$/),
    });
    expect(heard.text).toBe(heard.response.text);
    expect(heard.reasoning).toBe(heard.response.reasoning);
    expect(heard.parts.length).toBeGreaterThan(8);
    expect(lastRequest()).toMatchObject({ api, body: { model: "a-model", stream: true } });
    expect(asked(lastRequest())).toMatchObject({ instructions: "Be brief.", prompt: "Hi", tools: [] });
    expect(lastRequest().headers[api === "anthropic" ? "x-api-key" : "authorization"]).toContain(secretKey);
  });

  test("several calls arrive at once, with odd arguments among them", async () => {
    server.play([
      {
        text: "Let me look.",
        chunk: 3,
        toolCalls: [
          { id: "call_a", name: "stock", arguments: { item: "Stuhl “Größe 2”" } },
          { id: "call_b", name: "price", arguments: "" },
          { id: "call_c", name: "stock", arguments: '{"item": "chair"' },
          { id: "call_d", name: "nothing_offered", arguments: '{"a":"\\ud800"}' },
        ],
      },
    ]);
    const { response } = await listen(connect(server, api), ask({ tools: [stock, price] }));
    expect(response.toolCalls).toEqual([
      { id: "call_a", name: "stock", arguments: { item: "Stuhl “Größe 2”" } },
      { id: "call_b", name: "price", arguments: {} },
      { id: "call_c", name: "stock", arguments: null, malformed: '{"item": "chair"' },
      { id: "call_d", name: "nothing_offered", arguments: { a: "\ufffd" } },
    ]);
    expect(response).toMatchObject({ text: "Let me look.", stop: "tool_calls" });
    expect(asked(lastRequest()).tools).toEqual(["stock", "price"]);
  });

  test("what a turn said and what its tools answered goes back to the provider", async () => {
    server.play([
      {
        text: "One moment.",
        reasoning: "Hmm.",
        toolCalls: [
          { id: "call_a", name: "stock", arguments: { item: "chair" } },
          { id: "call_b", name: "price", arguments: { item: "chair" } },
        ],
      },
      { text: "Three chairs for 20 each." },
    ]);
    const model = connect(server, api);
    const { response } = await listen(model, ask({ tools: [stock, price] }));
    const messages: ModelMessage[] = [
      { role: "user", text: "Chairs?" },
      // as it comes back from the log
      { role: "assistant", ...(JSON.parse(JSON.stringify(response)) as typeof response) },
      { role: "tool", call: "call_a", name: "stock", result: { count: 3 }, isError: false },
      { role: "tool", call: "call_b", name: "price", result: "no price", isError: true },
      { role: "user", text: "And?" },
    ];
    await listen(model, ask({ messages, tools: [stock, price] }));
    expect(lastRequest().body).toMatchObject(replayed[api]);
    expect(asked(lastRequest()).prompt).toBe("And?");
  });

  test("a turn of another provider goes back in this provider's words", async () => {
    server.play([{ text: "Yes." }]);
    const messages: ModelMessage[] = [
      { role: "user", text: "Chairs?" },
      {
        role: "assistant",
        text: "One moment.",
        toolCalls: [{ id: "call.1:x", name: "stock", arguments: null, malformed: "{" }],
        native: { provider: "someone-else", content: ["secret thoughts"] },
      },
      { role: "tool", call: "call.1:x", name: "stock", result: { error: "not JSON" }, isError: true },
    ];
    await listen(connect(server, api), ask({ messages, tools: [stock] }));
    const sent = JSON.stringify(lastRequest().body);
    expect(sent).toContain("One moment.");
    expect(sent).not.toContain("secret thoughts");
    expect(asked(lastRequest()).results).toHaveLength(1);
  });

  test("an answer to a schema is asked for by the provider's own means", async () => {
    server.play([jsonAnswer({ urgency: "high" })]);
    const output = { type: "object", properties: { urgency: { enum: ["low", "high"] } } };
    const { response } = await listen(connect(server, api), ask({ output }));
    expect(JSON.parse(response.text)).toEqual({ urgency: "high" });
    expect(lastRequest().body).toMatchObject(structured[api]);
  });

  test("a refusal is told from an answer", async () => {
    server.play([{ refusal: "I cannot help with that." }]);
    const { response } = await listen(connect(server, api), ask());
    expect(response).toMatchObject({ text: "", refusal: "I cannot help with that.", stop: "refusal" });
  });

  test("an answer that was cut off by its length says so", async () => {
    server.play([{ text: "It begins", cutByLength: true }]);
    const { response } = await listen(connect(server, api), ask({ maxOutputTokens: 3000 }));
    expect(response).toMatchObject({ text: "It begins", stop: "length" });
    expect(JSON.stringify(lastRequest().body)).toMatch(/"max(_output)?_tokens":3000/);
  });

  test("an empty answer is an answer", async () => {
    server.play([{}]);
    expect((await listen(connect(server, api), ask())).response).toMatchObject({
      text: "",
      toolCalls: [],
      stop: "end",
    });
  });

  test.each([["auto"], ["required"], ["none"], [{ tool: "stock" }]] as const)(
    "the tool choice %o is sent",
    async (toolChoice) => {
      server.play([{ text: "ok" }]);
      await listen(connect(server, api), ask({ tools: [stock], toolChoice, temperature: 0.5 }));
      const key = typeof toolChoice === "object" ? "tool" : toolChoice;
      expect(lastRequest().body).toMatchObject({ tool_choice: choices[api][key], temperature: 0.5 });
    },
  );

  test.each(["minimal", "low", "medium", "high"] as const)("the reasoning effort %s is sent", async (reasoning) => {
    server.play([{ text: "ok" }]);
    await listen(connect(server, api), ask({ model: "claude-opus-5", reasoning }));
    const anthropicEffort = reasoning === "minimal" ? "low" : reasoning;
    const expected = {
      "openai-chat": { reasoning_effort: reasoning },
      "openai-responses": { reasoning: { effort: reasoning } },
      anthropic: { output_config: { effort: anthropicEffort } },
    };
    expect(lastRequest().body).toMatchObject(expected[api]);
  });
});

const replayed = {
  "openai-chat": {
    messages: [
      { role: "user", content: "Chairs?" },
      {
        role: "assistant",
        content: "One moment.",
        reasoning_content: "Hmm.",
        tool_calls: [
          { id: "call_a", type: "function", function: { name: "stock", arguments: '{"item":"chair"}' } },
          { id: "call_b", type: "function", function: { name: "price", arguments: '{"item":"chair"}' } },
        ],
      },
      { role: "tool", tool_call_id: "call_a", content: '{"count":3}' },
      { role: "tool", tool_call_id: "call_b", content: '{"error":"no price"}' },
      { role: "user", content: "And?" },
    ],
  },
  "openai-responses": {
    store: false,
    include: ["reasoning.encrypted_content"],
    input: [
      { role: "user", content: "Chairs?" },
      { type: "reasoning", encrypted_content: expect.stringContaining("encrypted-") },
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "One moment." }] },
      { type: "function_call", call_id: "call_a", name: "stock", arguments: '{"item":"chair"}' },
      { type: "function_call", call_id: "call_b", name: "price", arguments: '{"item":"chair"}' },
      { type: "function_call_output", call_id: "call_a", output: '{"count":3}' },
      { type: "function_call_output", call_id: "call_b", output: '{"error":"no price"}' },
      { role: "user", content: "And?" },
    ],
  },
  anthropic: {
    messages: [
      { role: "user", content: "Chairs?" },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "Hmm.", signature: expect.stringContaining("signature-") },
          { type: "text", text: "One moment." },
          { type: "tool_use", id: "call_a", name: "stock", input: { item: "chair" } },
          { type: "tool_use", id: "call_b", name: "price", input: { item: "chair" } },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "call_a", content: '{"count":3}' },
          { type: "tool_result", tool_use_id: "call_b", content: "no price", is_error: true },
        ],
      },
      { role: "user", content: "And?" },
    ],
  },
};

const strict = {
  type: "object",
  properties: { urgency: { type: "string", enum: ["low", "high"] } },
  required: ["urgency"],
  additionalProperties: false,
};
const structured = {
  "openai-chat": {
    response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema: strict } },
  },
  "openai-responses": { text: { format: { type: "json_schema", name: "answer", strict: true, schema: strict } } },
  anthropic: {
    output_config: {
      format: {
        type: "json_schema",
        schema: { type: "object", properties: { urgency: { enum: ["low", "high"] } }, additionalProperties: false },
      },
    },
  },
};

const choices = {
  "openai-chat": {
    auto: "auto",
    required: "required",
    none: "none",
    tool: { type: "function", function: { name: "stock" } },
  },
  "openai-responses": { auto: "auto", required: "required", none: "none", tool: { type: "function", name: "stock" } },
  anthropic: {
    auto: { type: "auto" },
    required: { type: "any" },
    none: { type: "none" },
    tool: { type: "tool", name: "stock" },
  },
};

test("an older Claude answers to a schema through a tool", async () => {
  const output = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };
  server.play([{ toolCalls: [{ name: "give_answer", arguments: { n: 3 } }] }]);
  const { response } = await listen(connect(server, "anthropic"), ask({ model: "claude-3-5-haiku-latest", output }));
  expect(response).toMatchObject({ text: '{"n":3}', toolCalls: [], stop: "end" });
  expect(response.native).toBeUndefined();
  expect(lastRequest().body).toMatchObject({ tool_choice: { type: "tool", name: "give_answer" } });
});

test("an older Claude thinks within a budget", async () => {
  server.play([{ text: "ok" }]);
  const request = ask({ model: "claude-opus-4-5", reasoning: "low", temperature: 0.2 });
  await listen(connect(server, "anthropic"), request);
  expect(lastRequest().body).toMatchObject({ thinking: { type: "enabled", budget_tokens: 2048 }, max_tokens: 10_240 });
  expect(lastRequest().body).not.toHaveProperty("temperature");
});

// the providers' own addresses, with the local server behind them
const ownAddresses = () => {
  const fetch: typeof globalThis.fetch = (url, init) => {
    const asked = new URL(url instanceof Request ? url.url : url);
    return globalThis.fetch(server.url + asked.pathname, init);
  };
  return modelConnections(
    { OPENAI_API_KEY: secretKey, ANTHROPIC_API_KEY: secretKey },
    { fetch, pause: async () => {} },
  );
};

test("Anthropic itself gets its newest version, and no temperature, which that refuses", async () => {
  server.play([{ text: "ok" }]);
  const { model, modelId } = resolveModel(ownAddresses(), "anthropic:claude-haiku-4-5");
  await listen(model, ask({ model: modelId, temperature: 0.3 }));
  expect(lastRequest().headers).toMatchObject({ authorization: `Bearer ${secretKey}` });
  expect(lastRequest().headers["x-api-key"]).toBeUndefined();
  expect(lastRequest().headers["anthropic-version"]).not.toBe("2023-06-01");
  expect(lastRequest().body).toMatchObject({ model: "claude-haiku-4-5", max_tokens: 8192 });
  expect(lastRequest().body).not.toHaveProperty("temperature");
});

test("OpenAI itself is asked through its Responses API", async () => {
  server.play([{ text: "ok" }]);
  const { model, modelId } = resolveModel(ownAddresses(), "openai:gpt-5-mini");
  await listen(model, ask({ model: modelId }));
  expect(lastRequest()).toMatchObject({ path: "/v1/responses", body: { model: "gpt-5-mini", store: false } });
});

test("a server of one's own needs no key and is asked through Chat Completions", async () => {
  server.play([{ text: "ok" }]);
  const connections = modelConnections({ OPENAI_BASE_URL: server.openAiUrl }, { pause: async () => {} });
  const { response } = await listen(resolveModel(connections, "openai:llama3.2:3b").model, ask());
  expect(response.text).toBe("ok");
  expect(lastRequest().path).toBe("/v1/chat/completions");
});
