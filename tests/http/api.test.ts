import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";

const node = (id: string, type: string, data: object = {}) => ({ id, type, data, position: { x: 0, y: 0 } });
const edge = (source: string, target: string, sourceHandle = "out") => ({
  id: `${source}_${sourceHandle}_${target}`,
  source,
  sourceHandle,
  target,
  targetHandle: "in",
});
const graph = (nodes: object[], edges: object[] = [], more: object = {}) => ({
  format: "signalbox.graph/1",
  name: "Test",
  nodes,
  edges,
  ...more,
});
const doubling = graph(
  [
    node("start", "start"),
    node("twice", "set", { values: { n: "{{ input.n * 2 }}" } }),
    node("stop", "end", { output: "{{ twice.n }}" }),
  ],
  [edge("start", "twice"), edge("twice", "stop")],
  { input: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] } },
);

describe.each(databaseKinds)("the API on %s", (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.stop(0);
    expect(engine.errors).toEqual([]);
  });

  const create = async (drawn: object = doubling) =>
    (await engine.call("POST", "workflows", { name: "Doubling", graph: drawn })).body;

  test("a workflow is made, read, saved and removed, and a stale save is refused", async () => {
    const made = await create();
    expect(made).toMatchObject({
      name: "Doubling",
      revision: 1,
      publishedVersion: null,
      key: expect.stringMatching(/^doubling/),
    });
    const saved = await engine.call("PUT", `workflows/${made.id}`, {
      graph: { ...made.graph, name: "Renamed" },
      revision: 1,
    });
    expect(saved.body).toMatchObject({ name: "Renamed", revision: 2 });
    const stale = await engine.call("PUT", `workflows/${made.id}`, { graph: made.graph, revision: 1 });
    expect(stale).toMatchObject({ status: 409, body: { code: "revision_conflict" } });
    expect((await engine.call("GET", `workflows/${made.id}`)).body.name).toBe("Renamed");
    expect((await engine.call("DELETE", `workflows/${made.id}`)).status).toBe(204);
    expect((await engine.call("GET", `workflows/${made.id}`)).status).toBe(404);
  });

  test("a run is started, waited for, listed and exported", async () => {
    const { id } = await create();
    const ended = await engine.call("POST", `workflows/${id}/runs?wait=20`, { input: { n: 21 } });
    expect(ended).toMatchObject({
      status: 200,
      body: { run: { status: "completed", output: 42, workflow: id, version: "draft" } },
    });
    const run = ended.body.run.id;
    const list = await engine.call("GET", `runs?workflow=${id}&status=completed`);
    expect(list.body.items.map((item: { id: string }) => item.id)).toEqual([run]);
    const log = await engine.call("GET", `runs/${run}/events?limit=3`);
    expect(log.body.items.map((event: { seq: number }) => event.seq)).toEqual([1, 2, 3]);
    expect(log.body.next).toBe("3");
    const lines = (await engine.call("GET", `runs/${run}/export`)).body.trim().split("\n");
    expect(JSON.parse(lines[0])).toMatchObject({ format: "signalbox.run/1", graph: { name: "Doubling" } });
    expect(lines).toHaveLength(ended.body.run.lastSeq + 1);
    const state = await engine.call("GET", `runs/${run}/state?at=6`);
    expect(state.body).toMatchObject({ seq: 6, status: "running" });
  });

  test("the same idempotency key starts one run, and another input under it is refused", async () => {
    const { id } = await create();
    const body = { input: { n: 1 }, idempotencyKey: "once" };
    const [first, again] = [
      await engine.call("POST", `workflows/${id}/runs`, body),
      await engine.call("POST", `workflows/${id}/runs`, body),
    ];
    expect(again.body.run.id).toBe(first.body.run.id);
    const other = await engine.call("POST", `workflows/${id}/runs`, { ...body, input: { n: 2 } });
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency_conflict" } });
  });

  test("a published version is what runs, whatever the draft becomes", async () => {
    const made = await create();
    expect((await engine.call("POST", `workflows/${made.id}/publish`, { note: "first" })).body).toMatchObject({
      version: 1,
    });
    const broken = { ...made.graph, nodes: made.graph.nodes.slice(0, 1) };
    await engine.call("PUT", `workflows/${made.id}`, { graph: broken, revision: 1 });
    const ended = await engine.call("POST", `workflows/${made.id}/runs?wait=20`, { input: { n: 4 } });
    expect(ended.body.run).toMatchObject({ output: 8, version: 1 });
  });

  test("an approval waits in the inbox, is decided once, and the run goes on", async () => {
    const asking = graph(
      [
        node("start", "start"),
        node("ask", "approval", { title: "Ship {{ input }}?" }),
        node("stop", "end", { output: "{{ ask.decision }}" }),
      ],
      [edge("start", "ask"), edge("ask", "stop", "approved")],
    );
    const run = await engine.run(asking, "it");
    await engine.follow(run, ({ type }) => type === "run.waiting");
    const pending = await engine.call("GET", `approvals?status=pending&run=${run}`);
    const [approval] = pending.body.items;
    expect(approval).toMatchObject({ run, node: "ask", title: "Ship it?", status: "pending" });
    const votes = await Promise.all(
      ["approve", "reject", "approve"].map((decision) => engine.call("POST", `approvals/${approval.id}`, { decision })),
    );
    expect(votes.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const late = votes.find(({ status }) => status === 409);
    expect(late?.body).toMatchObject({ code: "already_decided", by: expect.any(String), at: expect.any(String) });
    await engine.follow(run);
  });

  test("a run is called off", async () => {
    const asking = graph([node("start", "start"), node("ask", "approval", { title: "?" })], [edge("start", "ask")]);
    const run = await engine.run(asking);
    await engine.follow(run, ({ type }) => type === "run.waiting");
    expect((await engine.call("POST", `runs/${run}/cancel`)).status).toBe(202);
    expect((await engine.follow(run)).at(-1)).toMatchObject({ type: "run.cancelled" });
    expect((await engine.call("POST", `runs/${run}/cancel`)).body).toMatchObject({ code: "run_ended" });
    expect((await engine.call("GET", `approvals?run=${run}`)).body.items[0]).toMatchObject({ status: "cancelled" });
  });

  const bad: [string, unknown, { status: number; code: string; path?: string }][] = [
    ["malformed JSON", "{", { status: 400, code: "invalid_json" }],
    [
      "JSON nested too deep",
      `{"name":"x","graph":${"[".repeat(100)}${"]".repeat(100)}}`,
      { status: 400, code: "too_deep" },
    ],
    [
      "an oversized body",
      JSON.stringify({ name: "x".repeat(9 * 1024 * 1024) }),
      { status: 413, code: "payload_too_large" },
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
      { name: "x", graph: graph([{ ...node("start", "start"), selected: true }]) },
      { status: 400, code: "unknown_field", path: "graph.nodes.0.selected" },
    ],
    [
      "an unknown node type",
      { name: "x", graph: graph([node("start", "start"), node("spell", "magic")]) },
      { status: 400, code: "unknown_type", path: "graph.nodes.1.type" },
    ],
    [
      "a reserved id",
      { name: "x", graph: graph([node("input", "start")]) },
      { status: 400, code: "validation_failed", path: "graph.nodes.0.id" },
    ],
    ["a key that stands twice", '{"name":"x","name":"y"}', { status: 400, code: "duplicate_key", path: "name" }],
    ["a key that poisons", '{"name":"x","graph":{"__proto__":{}}}', { status: 400, code: "forbidden_key" }],
  ];

  test.each(bad)(
    "%s is refused with code and path, and nothing is stored",
    async (_name, body, { status, ...problem }) => {
      const before = (await engine.call("GET", "workflows?limit=500")).body.items.length;
      const answer = await engine.call("POST", "workflows", body);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({ status, detail: expect.any(String), ...problem });
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
      expect((await engine.call("GET", "workflows?limit=500")).body.items).toHaveLength(before);
    },
  );

  test("what lacks sense is stored as a draft, found by check, and not run or published", async () => {
    const senseless = graph(
      [
        node("start", "start"),
        node("think", "agent", { model: "simulated" }),
        node("pick", "branch", { cases: [{ id: "a", when: "think.text >" }] }),
      ],
      [edge("start", "think"), edge("think", "pick"), { ...edge("pick", "gone", "a") }],
    );
    const { id } = await create(senseless);
    const { items } = (await engine.call("POST", `workflows/${id}/check`)).body;
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: "required_missing", path: "nodes.1.data.prompt", node: "think" }),
        expect.objectContaining({ code: "edge_dangling", path: "edges.0.target" }),
        expect.objectContaining({ code: "expression_syntax", node: "pick" }),
      ]),
    );
    expect(await engine.call("POST", `workflows/${id}/runs`, {})).toMatchObject({
      status: 422,
      body: { code: "graph_invalid" },
    });
    expect(await engine.call("POST", `workflows/${id}/publish`, {})).toMatchObject({
      status: 422,
      body: { code: "graph_invalid" },
    });
  });

  test("an input that does not fit is refused with its path", async () => {
    const { id } = await create();
    const answer = await engine.call("POST", `workflows/${id}/runs`, { input: { n: "three" } });
    expect(answer).toMatchObject({ status: 422, body: { code: "input_invalid", path: "input.n" } });
  });

  test("nothing is to be had without signing in, and the welcome link signs in once", async () => {
    for (const path of ["me", "workflows", "runs", "approvals", "tools", "models", "templates"]) {
      const answer = await fetch(`${engine.address}/api/v1/${path}`);
      expect([path, answer.status]).toEqual([path, 401]);
    }
    const token = new URL(engine.welcomeUrl()).hash.replace("#welcome=", "");
    const login = (body: object) =>
      fetch(`${engine.address}/api/v1/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const first = await login({ token });
    expect(first.status).toBe(200);
    expect((await login({ token })).status).toBe(401);
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    const me = await fetch(`${engine.address}/api/v1/me`, { headers: { cookie } });
    expect(await me.json()).toMatchObject({ person: { name: "Owner" } });
  });

  test("another site's page can change nothing, and a foreign host name gets nothing", async () => {
    const foreign = await engine.call("POST", "workflows", { name: "x" }, { origin: "https://evil.example" });
    expect(foreign).toMatchObject({ status: 403, body: { code: "origin_refused" } });
    const { status } = await engine.call("POST", "workflows", "{}", { "content-type": "text/plain" });
    expect(status).toBe(415);
  });

  test("the formats and the API describe themselves", async () => {
    const graphSchema = (await engine.call("GET", "schema/graph.json")).body;
    expect(graphSchema).toMatchObject({ title: "Signalbox graph, version 1", type: "object" });
    expect((await engine.call("GET", "schema/events.json")).status).toBe(200);
    const api = (await engine.call("GET", "openapi.json")).body;
    expect(api.openapi).toBe("3.1.0");
    expect(Object.keys(api.paths)).toEqual(
      expect.arrayContaining(["/api/v1/workflows/{id}/runs", "/api/v1/approvals/{id}"]),
    );
    expect((await engine.call("GET", "/healthz")).status).toBe(200);
    expect((await engine.call("GET", "/readyz")).status).toBe(200);
    expect((await engine.call("GET", "/metrics")).body).toContain("signalbox_runs");
    expect((await engine.call("GET", "nothing/here")).body).toMatchObject({ code: "not_found" });
    expect((await engine.call("PUT", "workflows", {})).body).toMatchObject({ code: "method_not_allowed" });
  });
});
