import { expect, test } from "vitest";
import { modelConnections, resolveModel } from "./connections.ts";
import { costUsd } from "./prices.ts";

const connect = (env: Record<string, string>) => modelConnections(env, { pause: async () => {} });
const names = (env: Record<string, string>) => connect(env).map(({ name, title }) => `${name}: ${title}`);

test("the simulated model is always there", () => {
  expect(names({})).toEqual(["simulated: Simulated"]);
  expect(resolveModel(connect({}), "simulated")).toMatchObject({ connection: "simulated", modelId: "simulated" });
});

test("keys and addresses in the environment set up connections", () => {
  expect(names({ OPENAI_API_KEY: "k", ANTHROPIC_API_KEY: "k" })).toEqual([
    "simulated: Simulated",
    "openai: OpenAI",
    "anthropic: Anthropic",
  ]);
  expect(names({ OPENAI_BASE_URL: "http://127.0.0.1:11434/v1", ANTHROPIC_BASE_URL: "https://proxy.example" })).toEqual([
    "simulated: Simulated",
    "openai: OpenAI-compatible (127.0.0.1:11434)",
    "anthropic: Anthropic-compatible (proxy.example)",
  ]);
});

test("settings that cannot work are refused at once", () => {
  expect(() => connect({ OPENAI_BASE_URL: "localhost" })).toThrow("OPENAI_BASE_URL is not a URL");
  expect(() => connect({ OPENAI_API_KEY: "k", OPENAI_API: "assistants" })).toThrow("OPENAI_API");
});

test("a reference names a connection and a model, whose own name may hold colons", () => {
  const connections = connect({ OPENAI_BASE_URL: "http://127.0.0.1:11434/v1" });
  expect(resolveModel(connections, "openai:llama3.2:3b")).toMatchObject({
    connection: "openai",
    modelId: "llama3.2:3b",
  });
});

test.each([
  ["openai:gpt-5-mini", "model_not_configured", "OPENAI_API_KEY"],
  ["anthropic:claude-opus-5", "model_not_configured", "ANTHROPIC_API_KEY"],
  ["gpt-5-mini", "model_unknown", "openai:gpt-5-mini"],
  ["constructor", "model_unknown", "simulated"],
  ["", "model_unknown", "simulated"],
])("%o is explained", (reference, code, hint) => {
  expect(() => resolveModel(connect({}), reference)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(hint) }),
  );
});

test("a connection without a model is explained", () => {
  expect(() => resolveModel(connect({ OPENAI_API_KEY: "k" }), "openai")).toThrow("names a connection and no model");
});

test("a cost is counted where the price is known", () => {
  const usage = { inputTokens: 1_000_000, cachedInputTokens: 500_000, outputTokens: 100_000 };
  expect(costUsd("openai", "gpt-5-mini", usage)).toBeCloseTo(0.125 + 0.0125 + 0.2);
  expect(costUsd("openai", "gpt-5-mini-2025-08-07", usage)).toBeCloseTo(0.3375);
  expect(costUsd("openai", "constructor", usage)).toBeNull();
  expect(costUsd("simulated", "simulated", usage)).toBe(0);
});
