import type { Problem, Workflow } from "@signalbox/shared/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { doubling, drawing, node } from "../support/drawing.ts";
import { databaseKinds, ownerToken, startEngine, type TestEngine } from "../support/engine.ts";

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

const bad: readonly [string, unknown, { status: number; code: string; path?: string; limit?: number }][] = [
  ["malformed JSON", "{", { status: 400, code: "invalid_json" }],
  ["no body at all", "", { status: 400, code: "validation_failed", path: "name" }],
  ["JSON nested too deep", `{"name":"x","graph":${nested(100)}}`, { status: 400, code: "too_deep" }],
  ["JSON nested far too deep", nested(200_000), { status: 400, code: "too_deep" }],
  [
    "an oversized body",
    `{"name":"${"x".repeat(9 * 1024 * 1024)}"}`,
    { status: 413, code: "payload_too_large", limit: 8 * 1024 * 1024 },
  ],
  [
    "an unknown field of the request",
    { name: "x", owner: "me" },
    { status: 400, code: "unknown_field", path: "owner" },
  ],
  [
    "an unknown field of the graph",
    { name: "x", graph: { ...doubling, zoom: 1 } },
    { status: 400, code: "unknown_field", path: "graph.zoom" },
  ],
  [
    "an unknown field of a node",
    { name: "x", graph: drawing([{ ...node("start", "start"), selected: true }]) },
    { status: 400, code: "unknown_field", path: "graph.nodes.0.selected" },
  ],
  [
    "an unknown field of a node's data",
    { name: "x", graph: drawing([node("think", "agent", { modle: "simulated" })]) },
    { status: 400, code: "unknown_field", path: "graph.nodes.0.data.modle" },
  ],
  [
    "an unknown node type",
    { name: "x", graph: drawing([node("start", "start"), node("spell", "magic")]) },
    { status: 400, code: "unknown_type", path: "graph.nodes.1.type" },
  ],
  [
    "a reserved id",
    { name: "x", graph: drawing([node("input", "start")]) },
    { status: 400, code: "validation_failed", path: "graph.nodes.0.id" },
  ],
  [
    "another format",
    { name: "x", graph: { ...doubling, format: "other/1" } },
    { status: 400, code: "validation_failed", path: "graph.format" },
  ],
  ["a graph that is a list", { name: "x", graph: [] }, { status: 400, code: "validation_failed", path: "graph" }],
  ["a key that stands twice", '{"name":"x","name":"y"}', { status: 400, code: "duplicate_key", path: "name" }],
  ["a key that poisons", '{"name":"x","graph":{"__proto__":{}}}', { status: 400, code: "forbidden_key" }],
  ["a graph that is not there", { name: "x", graph: null }, { status: 400, code: "validation_failed", path: "graph" }],
  ["a name with a NUL", { name: "a\u0000b" }, { status: 400, code: "validation_failed", path: "name" }],
];

describe.each(databaseKinds)("bad input on %s", (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.stop(0);
    expect(engine.errors).toEqual([]);
  });

  const stored = async () => (await engine.call<{ items: Workflow[] }>("GET", "workflows?limit=500")).body.items;

  test.each(bad)("%s is refused with code and path, and nothing is stored", async (_name, body, expected) => {
    const before = await stored();
    const answer = await engine.call<Problem>("POST", "workflows", body);
    expect(answer.status).toBe(expected.status);
    expect(answer.body).toMatchObject({ detail: expect.stringMatching(/\S.*\.$/), ...expected });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(await stored()).toEqual(before);
  });

  test.each(bad)("%s does not replace a draft either", async (_name, body, expected) => {
    if (typeof body === "string" || !("graph" in Object(body))) return;
    const { id } = (await engine.call<Workflow>("POST", "workflows", { name: "Kept", graph: doubling })).body;
    const answer = await engine.call("PUT", `workflows/${id}`, { ...Object(body), revision: 1 });
    expect(answer).toMatchObject({ status: expected.status, body: { code: expected.code } });
    expect((await engine.call("GET", `workflows/${id}`)).body).toMatchObject({ name: "Kept", revision: 1 });
  });

  test("an input that does not fit is refused with its path, and no run begins", async () => {
    const { id } = (await engine.call<Workflow>("POST", "workflows", { name: "x", graph: doubling })).body;
    const answer = await engine.call("POST", `workflows/${id}/runs`, { input: { n: "three" } });
    expect(answer).toMatchObject({ status: 422, body: { code: "input_invalid", path: "input.n" } });
    expect((await engine.call("GET", `runs?workflow=${id}`)).body).toMatchObject({ items: [] });
  });

  test("a body that is larger than may be is answered however long the client goes on sending", async () => {
    for (let time = 0; time < 5; time += 1) {
      const body = " ".repeat(30 * 1024 * 1024);
      expect((await engine.call<Problem>("POST", "workflows/x/publish", body)).body).toMatchObject({ status: 413 });
    }
  });

  test("a body that is not UTF-8 is refused, not repaired", async () => {
    const answer = await fetch(`${engine.address}/api/v1/workflows`, {
      method: "POST",
      headers: { authorization: `bearer ${ownerToken}`, "content-type": "application/json" },
      body: new Uint8Array([...Buffer.from('{"name":"'), 0xff, 0xfe, ...Buffer.from('"}')]),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: "invalid_json" });
  });

  test("a number of a version that is none is a 4xx problem", async () => {
    const { id } = (await engine.call<Workflow>("POST", "workflows", { name: "x", graph: doubling })).body;
    await engine.call("POST", `workflows/${id}/publish`);
    for (const number of ["0", "2", "x", "1.5", "1e0", "01", "99999999999999999"]) {
      expect((await engine.call("GET", `workflows/${id}/versions/${number}`)).status).toBe(404);
    }
    const body = { version: Number.MAX_SAFE_INTEGER };
    expect(await engine.call("POST", `workflows/${id}/runs`, body)).toMatchObject({ status: 400 });
  });

  test.each([
    "workflows?limit=0",
    "workflows?limit=501",
    "workflows?limit=many",
    "workflows?cursor=nonsense",
    "runs?status=asleep",
    "runs?colour=red",
    "runs?q=%00",
    "workflows/%00",
    "approvals/%00",
    "blobs/%00",
  ])("GET %s is a 4xx problem, not a failure of the engine", async (path) => {
    const answer = await engine.call<Problem>("GET", path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).toMatchObject({ status: answer.status, code: expect.stringMatching(/^[a-z_]+$/) });
  });

  test("nothing is to be had without signing in, and the welcome link signs in once", async () => {
    for (const path of ["me", "workflows", "runs", "approvals", "tools", "connections", "templates", "blobs/x"]) {
      const answer = await fetch(`${engine.address}/api/v1/${path}`);
      expect([path, answer.status]).toEqual([path, 401]);
    }
    const token = new URL(engine.welcomeUrl()).hash.replace("#welcome=", "");
    const login = () =>
      fetch(`${engine.address}/api/v1/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ token }),
      });
    const first = await login();
    expect(first.status).toBe(200);
    expect((await login()).status).toBe(401);
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    const me = await fetch(`${engine.address}/api/v1/me`, { headers: { cookie } });
    expect(await me.json()).toMatchObject({ person: { name: "Owner" } });
  });

  test("another site's page can change nothing, and what is no JSON is not read", async () => {
    const foreign = await engine.call("POST", "workflows", { name: "x" }, { origin: "https://evil.example" });
    expect(foreign).toMatchObject({ status: 403, body: { code: "origin_refused" } });
    const { status } = await engine.call("POST", "workflows", "{}", { "content-type": "text/plain" });
    expect(status).toBe(415);
  });

  test("unknown addresses and methods say so", async () => {
    expect(await engine.call("GET", "nothing/here")).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await engine.call("PUT", "workflows", {})).toMatchObject({
      status: 405,
      body: { code: "method_not_allowed" },
    });
  });
});
