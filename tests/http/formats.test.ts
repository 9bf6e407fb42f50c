import type { JsonSchema } from "@signalbox/shared/json";
import { validateJson } from "@signalbox/shared/json-schema";
import { afterAll, beforeAll, expect, test } from "vitest";
import { doubling, drawing, node } from "../support/drawing.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine("embedded", {
    OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
    ANTHROPIC_API_KEY: "sk-ant-test",
  });
});
afterAll(async () => {
  await engine.stop(0);
  expect(engine.errors).toEqual([]);
});

const pure = <Value>(value: Value) => JSON.parse(JSON.stringify(value));

test("the graph format is one JSON Schema that takes graphs and refuses what is none", async () => {
  const { body: schema } = await engine.call<JsonSchema>("GET", "schema/graph.json");
  expect(schema).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: expect.any(String),
    title: "Signalbox graph, version 1",
    type: "object",
    version: 1,
    required: expect.arrayContaining(["format", "name", "nodes", "edges"]),
  });
  expect(validateJson(schema, pure(doubling))).toEqual([]);
  expect(validateJson(schema, pure({ ...doubling, zoom: 1 }))).not.toEqual([]);
  expect(validateJson(schema, pure(drawing([node("spell", "magic")])))).not.toEqual([]);
});

test("events fit the JSON Schema that is served for them", async () => {
  const { body: schema } = await engine.call<JsonSchema>("GET", "schema/events.json");
  expect(schema).toMatchObject({ title: "Signalbox run event, version 1", version: 1, $id: expect.any(String) });
  const run = await engine.run(doubling, { n: 1 });
  const log = await engine.follow(run);
  for (const event of log) expect([event.type, validateJson(schema, pure(event))]).toEqual([event.type, []]);
});

test("the API describes itself", async () => {
  const { body } = await engine.call<{ openapi: string; paths: object }>("GET", "openapi.json");
  expect(body.openapi).toBe("3.1.0");
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(["/api/v1/workflows/{id}/runs", "/api/v1/approvals/{id}", "/api/v1/connections"]),
  );
});

test("whoever watches the process finds its health at the root", async () => {
  expect(await engine.call("GET", "/healthz")).toMatchObject({ status: 200 });
  expect(await engine.call("GET", "/readyz")).toMatchObject({ status: 200 });
  const { body, headers } = await engine.call("GET", "/metrics");
  expect(headers.get("content-type")).toContain("text/plain; version=0.0.4");
  expect(body).toMatch(/^signalbox_runs\{status="completed"\} \d+$/m);
  expect(body).toMatch(/^process_resident_memory_bytes \d+$/m);
});

test("connections are those of the environment, after the simulated model, which is always there", async () => {
  const { body } = await engine.call<{ items: { name: string; title: string; models: string[] }[] }>(
    "GET",
    "connections",
  );
  expect(body.items.map(({ name }) => name)).toEqual(["simulated", "openai", "anthropic"]);
  expect(body.items[0]).toMatchObject({
    kind: "model",
    title: expect.stringMatching(/simulated/i),
    models: ["simulated"],
  });
  expect(body.items[1]?.title).toContain("127.0.0.1:9");
  expect(body.items[2]?.models[0]).toMatch(/^anthropic:claude/);
});

test("tools state what they take and give as JSON Schemas", async () => {
  const { body } = await engine.call<{ items: { name: string; input: object; output: object }[] }>("GET", "tools");
  expect(body.items.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["http.request", "web.fetch", "webhook.send", "code.javascript"]),
  );
});
