import type { Problem, RunSummary, Workflow } from "@signalbox/shared/api";
import type { RunEvent } from "@signalbox/shared/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asking, doubling, drawing, edge, node } from "../support/drawing.ts";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";

type Started = { run: RunSummary };

describe.each(databaseKinds)("runs on %s", (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.stop(0);
    expect(engine.errors).toEqual([]);
  });

  const create = async (graph: object = doubling) =>
    (await engine.call<Workflow>("POST", "workflows", { name: "Doubling", graph })).body;
  const start = (workflow: string, body: object, query = "") =>
    engine.call<Started>("POST", `workflows/${workflow}/runs${query}`, body);

  test("a run is started, waited for, listed and exported", async () => {
    const { id } = await create();
    const ended = await start(id, { input: { n: 21 } }, "?wait=20");
    expect(ended).toMatchObject({
      status: 200,
      body: { run: { status: "completed", output: 42, workflow: id, version: "draft", error: null } },
    });
    const { id: run, lastSeq } = ended.body.run;
    const list = await engine.call<{ items: RunSummary[] }>("GET", `runs?workflow=${id}&status=completed`);
    expect(list.body.items.map((item) => item.id)).toEqual([run]);
    const log = await engine.call<{ items: RunEvent[]; next: string }>("GET", `runs/${run}/events?limit=3`);
    expect(log.body.items.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(log.body.next).toBe("3");
    const next = await engine.call<{ items: RunEvent[] }>("GET", `runs/${run}/events?limit=1&cursor=3`);
    expect(next.body.items.map(({ seq }) => seq)).toEqual([4]);
    const exported = await engine.call<string>("GET", `runs/${run}/export`);
    const [header, ...events] = exported.body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(header).toMatchObject({ format: "signalbox.run/1", graph: { name: "Doubling" } });
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1));
    expect((await engine.call("GET", `runs/${run}/state?at=6`)).body).toMatchObject({ seq: 6, status: "running" });
    expect((await engine.call("GET", `runs/${run}/graph`)).body).toMatchObject({ name: "Doubling" });
    expect((await engine.call("GET", `runs/${run}/activations?node=twice`)).body).toMatchObject({
      items: [{ id: "twice", status: "succeeded", output: { n: 42 } }],
    });
  });

  test("waiting for a run that does not end in time answers 202 with the run as it stands", async () => {
    const { id } = await create(asking);
    const answer = await start(id, { input: "it" }, "?wait=0.3");
    expect(answer).toMatchObject({ status: 202, body: { run: { endedAt: null } } });
    expect(await start(id, { input: "it" }, "?wait=61")).toMatchObject({ status: 400, body: { path: "wait" } });
  });

  test("the same idempotency key starts one run, also at the same moment, and another input under it is refused", async () => {
    const { id } = await create();
    const body = { input: { n: 1 }, idempotencyKey: "once" };
    const all = await Promise.all([1, 2, 3, 4].map(() => start(id, body)));
    expect(new Set(all.map((answer) => answer.body.run.id)).size).toBe(1);
    expect(await start(id, body, "?wait=20")).toMatchObject({ status: 200, body: { run: { output: 2 } } });
    const other = await engine.call<Problem>("POST", `workflows/${id}/runs`, { ...body, input: { n: 2 } });
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency_conflict" } });
  });

  test("an idempotency key belongs to its workflow, and holds when the draft has changed", async () => {
    const [one, other] = [await create(), await create()];
    const body = { input: { n: 1 }, idempotencyKey: "shared" };
    const first = await start(one.id, body);
    expect((await start(other.id, body)).body.run.id).not.toBe(first.body.run.id);
    const broken = { ...one.graph, edges: [...one.graph.edges, edge("twice", "gone")] };
    expect((await engine.call("PUT", `workflows/${one.id}`, { graph: broken, revision: 1 })).status).toBe(200);
    expect((await start(one.id, body)).body.run.id).toBe(first.body.run.id);
  });

  test("a published version is what runs, whatever the draft becomes", async () => {
    const made = await create();
    await engine.call("POST", `workflows/${made.id}/publish`, { note: "first" });
    const broken = { ...made.graph, nodes: made.graph.nodes.slice(0, 1) };
    await engine.call("PUT", `workflows/${made.id}`, { graph: broken, revision: 1 });
    expect((await start(made.id, { input: { n: 4 } }, "?wait=20")).body.run).toMatchObject({ output: 8, version: 1 });
    expect(await start(made.id, { input: { n: 4 }, version: "draft" })).toMatchObject({ status: 422 });
    expect(await start(made.id, { input: { n: 4 }, version: 7 })).toMatchObject({ status: 404 });
  });

  test("a run is called off, and its open approval with it", async () => {
    const run = await engine.run(asking, "it");
    await engine.follow(run, ({ type }) => type === "run.waiting");
    expect((await engine.call("POST", `runs/${run}/cancel`)).status).toBe(202);
    expect((await engine.follow(run)).at(-1)).toMatchObject({ type: "run.cancelled", unknown: [] });
    expect(await engine.call("POST", `runs/${run}/cancel`)).toMatchObject({ status: 409, body: { code: "run_ended" } });
    const { body } = await engine.call<{ items: { id: string }[] }>("GET", `approvals?run=${run}`);
    expect(body.items).toMatchObject([{ status: "cancelled" }]);
    const late = await engine.call("POST", `approvals/${body.items[0]?.id}`, { decision: "approve" });
    expect(late).toMatchObject({ status: 409, body: { code: "already_decided" } });
  });

  test("large values stand by reference in the log, in line in the export, and can be fetched", async () => {
    const graph = drawing(
      [
        node("start", "start"),
        node("each", "parallel", { mode: "forEach", items: "input.list" }),
        node("keep", "set", { values: { text: "{{ item }}" } }, "each"),
        node("stop", "end", { output: "{{ each }}" }),
      ],
      [edge("start", "each"), edge("each", "stop")],
    );
    const list = Array.from({ length: 3 }, (_, index) => `${index}${"ä".repeat(6000)}`);
    const tricky = { $blob: "mine", $$blob: "too" };
    const run = await engine.run(graph, { list, tricky });
    const log = await engine.follow(run);
    const created = log[0];
    if (created?.type !== "run.created") throw new Error("A log begins with its creation.");
    expect(created.input).toMatchObject({ $blob: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    const { $blob } = created.input as { $blob: string };
    expect((await engine.call("GET", `blobs/${$blob}`)).body).toEqual({ list, tricky });
    const summary = await engine.call<RunSummary>("GET", `runs/${run}`);
    expect(summary.body.output).toEqual(list.map((text) => ({ text })));
    const lines = (await engine.call<string>("GET", `runs/${run}/export`)).body.trim().split("\n");
    const exported = JSON.parse(lines[1] ?? "");
    expect(exported.input.list).toEqual(list);
    expect(exported.input.tricky).toEqual({ $$blob: "mine", $$$blob: "too" });
    const items = JSON.parse(lines.find((line) => line.includes('"frame.started"')) ?? "").items;
    expect(items).toEqual(list);
  });

  test("a run of nobody is not found", async () => {
    for (const path of ["", "/events", "/state", "/graph", "/export", "/activations"]) {
      expect(await engine.call("GET", `runs/run_none${path}`)).toMatchObject({
        status: 404,
        body: { code: "not_found" },
      });
    }
    expect(await engine.call("POST", "runs/run_none/cancel")).toMatchObject({ status: 404 });
  });
});
