import type { JsonSchema } from "@signalbox/shared/json";
import { expect, test } from "vitest";
import * as z from "zod";
import type { ModelMessage, ModelPart, ModelRequest } from "../model.ts";
import { createSimulatedModel } from "./index.ts";

const model = createSimulatedModel({ pause: async () => {}, pauseMs: 0 });
const never = new AbortController().signal;

async function answer(request: Partial<ModelRequest>, signal = never) {
  const parts: ModelPart[] = [];
  const whole: ModelRequest = {
    model: "simulated",
    messages: [{ role: "user", text: "My invoice is wrong, please refund the last order" }],
    tools: [],
    ...request,
  };
  for await (const part of model.stream(whole, { signal })) parts.push(part);
  const last = parts.at(-1);
  if (last?.type !== "end") throw new Error("no end");
  const text = parts.map((part) => (part.type === "text" ? part.delta : "")).join("");
  return { text, response: last.response, parts };
}

const asks: JsonSchema[] = [
  { type: "object", properties: { urgency: { enum: ["low", "high"] } } },
  { type: "object", properties: { a: { type: "string", maxLength: 5 }, b: { type: "integer" } }, required: ["a", "b"] },
  { type: "object", properties: { n: { type: "integer", minimum: 3, maximum: 4 } }, required: ["n"] },
  { type: "object", properties: { n: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 } }, required: ["n"] },
  { type: "object", properties: { n: { type: "number", multipleOf: 0.1, minimum: 0, maximum: 1 } }, required: ["n"] },
  { type: "object", properties: { list: { type: "array", minItems: 3, maxItems: 4, items: { type: "string" } } } },
  { type: "array", items: { type: "object", properties: { ok: { type: "boolean" } }, required: ["ok"] } },
  {
    type: "object",
    properties: { at: { type: "string", format: "date-time" }, id: { type: "string", format: "uuid" } },
  },
  { type: "object", properties: { mail: { type: "string", format: "email" }, u: { type: "string", format: "uri" } } },
  { type: "object", properties: { code: { type: "string", pattern: "^[A-Z]{3}-\\d{2,4}$" } }, required: ["code"] },
  { type: "object", properties: { v: { type: "string", pattern: "^(?:v)?\\d+\\.\\d+$" } }, required: ["v"] },
  { type: "object", properties: { long: { type: "string", minLength: 400 } }, required: ["long"] },
  { anyOf: [{ type: "object", properties: { a: { const: 1 } }, required: ["a"] }, { type: "null" }] },
  { oneOf: [{ type: "object", properties: { kind: { const: "x" } }, required: ["kind"] }, { type: "integer" }] },
  {
    allOf: [
      { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      { type: "object", properties: { b: { type: "number" } }, required: ["b"] },
    ],
  },
  {
    type: "object",
    properties: { tree: { $ref: "#/$defs/tree" } },
    required: ["tree"],
    $defs: {
      tree: {
        type: "object",
        properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/tree" } } },
        required: ["name", "children"],
      },
    },
  },
  { type: ["string", "null"] },
  { type: "object", additionalProperties: { type: "number" }, minProperties: 2 },
  { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], minItems: 2, maxItems: 2 },
  { type: "array", items: { enum: ["a", "b", "c"] }, uniqueItems: true, minItems: 3 },
];

test.each(asks.map((schema) => [JSON.stringify(schema).slice(0, 90), schema] as const))(
  "its answer is valid for %s",
  async (_, output) => {
    const { text, response } = await answer({ output });
    expect(text).toBe(response.text);
    const checked = z.fromJSONSchema(output as Parameters<typeof z.fromJSONSchema>[0]).safeParse(JSON.parse(text));
    expect(checked.error).toBeUndefined();
  },
);

test("the same request gets the same answer, another request another one", async () => {
  const output: JsonSchema = { type: "object", properties: { n: { type: "integer", maximum: 1_000_000 } } };
  const first = await answer({ output });
  expect((await answer({ output })).response).toEqual(first.response);
  const other = await answer({ output, messages: [{ role: "user", text: "Something else" }] });
  expect(other.response.text).not.toBe(first.response.text);
});

test("a text says that it is simulated and comes in pieces", async () => {
  const { response, parts, text } = await answer({});
  expect(response.text).toMatch(/^\(simulated\) .*invoice is wrong/);
  expect(response).toMatchObject({ simulated: true, model: "simulated", stop: "end", toolCalls: [] });
  expect(text).toBe(response.text);
  expect(parts.length).toBeGreaterThan(5);
  expect(response.usage.outputTokens).toBe(Math.ceil(response.text.length / 4));
});

test("it chooses the value that the prompt speaks of", async () => {
  const output: JsonSchema = { type: "object", properties: { topic: { enum: ["shipping", "refund", "praise"] } } };
  expect(JSON.parse((await answer({ output })).response.text)).toEqual({ topic: "refund" });
});

const tools = [
  {
    name: "stock",
    description: "",
    input: { type: "object", properties: { item: { type: "string" } }, required: ["item"] },
  },
  {
    name: "fetch_page",
    description: "",
    input: { type: "object", properties: { url: { type: "string", examples: ["https://docs.example/"] } } },
  },
];

test("it calls each offered tool once and then answers with what they said", async () => {
  const { response } = await answer({ tools });
  expect(response.stop).toBe("tool_calls");
  expect(response.toolCalls.map(({ name, arguments: given }) => ({ name, given }))).toEqual([
    { name: "stock", given: { item: "invoice wrong refund last order" } },
    { name: "fetch_page", given: { url: "https://docs.example/" } },
  ]);
  expect(new Set(response.toolCalls.map(({ id }) => id)).size).toBe(2);
  const messages: ModelMessage[] = [
    { role: "user", text: "How many?" },
    { role: "assistant", text: "", toolCalls: response.toolCalls },
    { role: "tool", call: response.toolCalls[0]?.id ?? "", name: "stock", result: { count: 3 }, isError: false },
  ];
  const after = await answer({ tools, messages });
  expect(after.response.toolCalls).toEqual([]);
  expect(after.response.text).toContain('stock answered: {"count":3}');
});

test("it honours the tool choice", async () => {
  expect((await answer({ tools, toolChoice: "none" })).response.toolCalls).toEqual([]);
  const one = await answer({ tools, toolChoice: { tool: "fetch_page" } });
  expect(one.response.toolCalls.map(({ name }) => name)).toEqual(["fetch_page"]);
});

test("it leaves alone the tools it was told to pass over", async () => {
  const shy = createSimulatedModel({ pause: async () => {}, pauseMs: 0, passOver: ["stock", "fetch_page"] });
  const parts: ModelPart[] = [];
  const request: ModelRequest = { model: "simulated", messages: [{ role: "user", text: "Hi" }], tools };
  for await (const part of shy.stream(request, { signal: never })) parts.push(part);
  expect(parts.at(-1)).toMatchObject({ response: { toolCalls: [] } });
});

test("it stops when it is cancelled", async () => {
  const controller = new AbortController();
  const slow = createSimulatedModel({ pause: async () => controller.abort(), pauseMs: 1 });
  const request: ModelRequest = { model: "simulated", messages: [{ role: "user", text: "Hi" }], tools: [] };
  const parts = slow.stream(request, { signal: controller.signal })[Symbol.asyncIterator]();
  await expect(parts.next()).rejects.toMatchObject({ code: "cancelled" });
});
