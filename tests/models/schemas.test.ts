import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { corporaFolder, type ModelServer, startModelServer } from "../support/model-server/index.ts";
import { ask, connect, listen } from "./connect.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const file = join(corporaFolder(), "llm-wire/openai-openapi-subset.json");
const present = existsSync(file);

function schemaOf(name: string): z.ZodType {
  const { components } = JSON.parse(readFileSync(file, "utf8")) as { components: { schemas: object } };
  const text = JSON.stringify({ $ref: `#/$defs/${name}`, $defs: components.schemas })
    .replaceAll("#/components/schemas/", "#/$defs/")
    // several of OpenAI's own alternatives overlap
    .replaceAll('"oneOf":', '"anyOf":');
  return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
}

const stock = { name: "stock", description: "", input: { type: "object", properties: { item: { type: "string" } } } };
const output = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };

describe.runIf(present)("what we send is what OpenAI's schema asks for", () => {
  test.each([
    ["openai-chat", "CreateChatCompletionRequest"],
    ["openai-responses", "CreateResponse"],
  ] as const)("%s", async (api, name) => {
    const model = connect(server, api);
    const schema = schemaOf(name);
    server.play(({ n }) =>
      n === 0 ? { reasoning: "Hm.", toolCalls: [{ name: "stock", arguments: {} }] } : { text: "ok" },
    );
    const before = server.requests.length;
    const { response } = await listen(model, ask({ model: "gpt-5-mini" }));
    const result = { role: "tool" as const, call: "call_0_0", name: "stock", result: [1, null], isError: true };
    const messages = [{ role: "user" as const, text: "?" }, { role: "assistant" as const, ...response }, result];
    const plain = {
      role: "assistant" as const,
      text: "Hm.",
      toolCalls: [{ id: "a", name: "stock", arguments: { item: "b" } }],
    };
    await listen(model, ask({ messages, tools: [stock], toolChoice: { tool: "stock" } }));
    await listen(
      model,
      ask({ messages: [{ role: "user", text: "?" }, plain], tools: [stock], toolChoice: "required" }),
    );
    await listen(
      model,
      ask({ instructions: "Be brief.", output, temperature: 1, reasoning: "low", maxOutputTokens: 100 }),
    );
    for (const { body } of server.requests.slice(before)) expect(schema.safeParse(body).error).toBeUndefined();
    expect(server.requests.length).toBe(before + 4);
    expect(schema.safeParse({ model: 3, messages: "no", input: 4 }).success).toBe(false);
  });
});

test.skipIf(present)(`SKIPPED: OpenAI's schemas, for there are no corpora at ${corporaFolder()}`, () => {});
