import type { Approval, Problem } from "@signalbox/shared/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asking, drawing, edge, node } from "../support/drawing.ts";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";

describe.each(databaseKinds)("approvals on %s", (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.stop(0);
    expect(engine.errors).toEqual([]);
  });

  const pending = async (run: string) =>
    (await engine.call<{ items: Approval[] }>("GET", `approvals?status=pending&run=${run}`)).body.items;
  const decide = (id: string | undefined, body: object) =>
    engine.call<Approval & Problem>("POST", `approvals/${id}`, body);

  test("an approval waits in the inbox, is decided once, and the run goes on", async () => {
    const run = await engine.run(asking, "it");
    await engine.follow(run, ({ type }) => type === "run.waiting");
    const [approval] = await pending(run);
    expect(approval).toMatchObject({ run, node: "ask", activation: "ask", title: "Ship it?", status: "pending" });
    expect((await engine.call("GET", `runs/${run}`)).body).toMatchObject({ status: "waiting" });
    const votes = await Promise.all(
      ["approve", "reject", "approve"].map((decision) => decide(approval?.id, { decision })),
    );
    expect(votes.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const late = votes.find(({ status }) => status === 409);
    expect(late?.body).toMatchObject({
      code: "already_decided",
      by: "Owner",
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    const log = await engine.follow(run);
    expect(log.filter(({ type }) => type === "approval.decided")).toHaveLength(1);
    expect(log.at(-1)).toMatchObject({ type: "run.completed" });
    expect(await pending(run)).toEqual([]);
  });

  test("what a person says and edits goes on with the run, within the form", async () => {
    const form = { type: "object", properties: { amount: { type: "integer", maximum: 100 } } };
    const run = await engine.run(
      drawing(
        [
          node("start", "start"),
          node("ask", "approval", { title: "?", show: { order: "{{ input.order }}" }, form }),
          node("stop", "end", { output: { amount: "{{ ask.values.amount }}", why: "{{ ask.comment }}" } }),
        ],
        [edge("start", "ask"), edge("ask", "stop", "approved")],
      ),
      { order: { id: 7 } },
    );
    await engine.follow(run, ({ type }) => type === "run.waiting");
    const [approval] = await pending(run);
    expect(approval).toMatchObject({ show: { order: { id: 7 } }, form });
    for (const values of [{ amount: 101 }, { amount: "ten" }, { other: 1 }]) {
      const refused = await decide(approval?.id, { decision: "approve", values });
      expect(refused).toMatchObject({
        status: 400,
        body: { code: "validation_failed", path: expect.stringMatching(/^values/) },
      });
    }
    await decide(approval?.id, { decision: "approve", comment: "fine", values: { amount: 10 } });
    expect((await engine.follow(run)).at(-1)).toMatchObject({ output: { amount: 10, why: "fine" } });
  });

  test("what a form requires must be there to approve, and not to reject", async () => {
    const form = { type: "object", properties: { note: { type: "string" } }, required: ["note"] };
    const graph = drawing(
      [node("start", "start"), node("ask", "approval", { title: "?", form }), node("stop", "end")],
      [edge("start", "ask"), edge("ask", "stop", "approved")],
    );
    for (const decision of ["approve", "reject"] as const) {
      const run = await engine.run(graph);
      await engine.follow(run, ({ type }) => type === "run.waiting");
      const [approval] = await pending(run);
      const { status, body } = await engine.call<Problem>("POST", `approvals/${approval?.id}`, { decision });
      if (decision === "reject") expect(status).toBe(200);
      else expect({ status, code: body.code, path: body.path }).toMatchObject({ status: 400, path: "values.note" });
      if (decision === "approve") await decide(approval?.id, { decision, values: { note: "yes" } });
      expect((await engine.follow(run)).at(-1)).toMatchObject({ type: "run.completed" });
    }
  });

  test("a quorum needs several people, and one cannot stand for two", async () => {
    const run = await engine.run(
      drawing([node("start", "start"), node("ask", "approval", { title: "?", quorum: 2 })], [edge("start", "ask")]),
    );
    await engine.follow(run, ({ type }) => type === "run.waiting");
    const [approval] = await pending(run);
    expect((await decide(approval?.id, { decision: "approve" })).body).toMatchObject({ status: "pending" });
    expect(await decide(approval?.id, { decision: "approve" })).toMatchObject({
      status: 409,
      body: { code: "already_decided", by: "Owner", at: expect.any(String) },
    });
  });

  const owner = "Owner";
  test.each([
    ["of four eyes", { fourEyes: true }, /You started this run/],
    ["of another role", { assignees: [{ role: "auditor" }] }, /the role auditor/],
    ["of another person", { assignees: [{ user: "Ada" }, { role: "auditor" }] }, /Ada or the role auditor/],
  ])("who may not decide an approval %s is told so, and nothing is recorded", async (_name, who, detail) => {
    const form = { type: "object", properties: { note: { type: "string" } }, required: ["note"] };
    const run = await engine.run(
      drawing([node("start", "start"), node("ask", "approval", { title: "?", form, ...who })], [edge("start", "ask")]),
    );
    const log = await engine.follow(run, ({ type }) => type === "run.waiting");
    const { assignees = [] } = who as Partial<Approval>;
    const notBy = "fourEyes" in who ? owner : undefined;
    const asked = log.find(({ type }) => type === "approval.requested");
    expect(asked).toMatchObject(notBy === undefined ? { assignees } : { notBy });
    const [approval] = await pending(run);
    expect(approval).toMatchObject({ assignees, notBy: notBy ?? null });
    for (const decision of ["approve", "reject"]) {
      expect(await decide(approval?.id, { decision })).toMatchObject({
        status: 403,
        body: { code: "forbidden", detail: expect.stringMatching(detail) },
      });
    }
    expect(await pending(run)).toEqual([approval]);
    expect((await engine.call("GET", `runs/${run}`)).body).toMatchObject({
      status: "waiting",
      lastSeq: log.at(-1)?.seq,
    });
  });

  test.each([
    [{ user: owner }],
    [{ role: "owner" }],
    [{ role: "admin" }],
    [{ role: "editor" }],
    [{ role: "approver" }],
  ])("the owner decides what is asked of %j", async (assignee) => {
    const run = await engine.run(
      drawing(
        [node("start", "start"), node("ask", "approval", { title: "?", assignees: [{ user: "Ada" }, assignee] })],
        [edge("start", "ask")],
      ),
    );
    await engine.follow(run, ({ type }) => type === "run.waiting");
    const [approval] = await pending(run);
    expect(await decide(approval?.id, { decision: "approve" })).toMatchObject({
      status: 200,
      body: { status: "approved" },
    });
    expect((await engine.follow(run)).at(-1)).toMatchObject({ type: "run.completed" });
  });

  test("those who do not answer are reminded, and in time others are asked, who decide", async () => {
    const ask = { title: "?", assignees: [{ user: "Ada" }], remindIn: "1ms", dueIn: "3s", escalateTo: { user: owner } };
    const run = await engine.run(
      drawing([node("start", "start"), node("ask", "approval", ask)], [edge("start", "ask")]),
    );
    await engine.follow(run, ({ type }) => type === "approval.reminded");
    expect(await pending(run)).toMatchObject([
      { assignees: [{ user: "Ada" }], remindedAt: expect.any(String), escalatedAt: null },
    ]);
    const log = await engine.follow(run, ({ type }) => type === "approval.escalated");
    const { dueAt } = log.at(-1) as { dueAt?: string };
    const [approval] = await pending(run);
    expect(approval).toMatchObject({ assignees: [{ user: owner }], dueAt, escalatedAt: log.at(-1)?.at });
    expect((await decide(approval?.id, { decision: "approve" })).body).toMatchObject({ status: "approved" });
    expect((await engine.follow(run)).at(-1)).toMatchObject({ type: "run.completed" });
  });

  test("for each item one is asked, and each goes on alone", async () => {
    const run = await engine.run(
      drawing(
        [
          node("start", "start"),
          node("each", "parallel", { mode: "forEach", items: "input" }),
          node("ask", "approval", { title: "{{ item }}?" }, "each"),
          node("yes", "set", { values: { item: "{{ item }}" } }, "each"),
          node("stop", "end", { output: "{{ each }}" }),
        ],
        [edge("start", "each"), edge("ask", "yes", "approved"), edge("each", "stop")],
      ),
      ["a", "b", "c"],
    );
    await engine.follow(run, ({ type }) => type === "run.waiting");
    const asked = await pending(run);
    expect(asked.map(({ title }) => title).sort()).toEqual(["a?", "b?", "c?"]);
    const byTitle = (title: string) => asked.find((one) => one.title === title)?.id;
    await decide(byTitle("b?"), { decision: "approve" });
    await engine.follow(run, (event) => event.type === "node.completed" && event.activation === "yes@each#1");
    await decide(byTitle("a?"), { decision: "reject" });
    await decide(byTitle("c?"), { decision: "approve" });
    expect((await engine.follow(run)).at(-1)).toMatchObject({ output: [null, { item: "b" }, { item: "c" }] });
  });

  test("a title that no database column takes is asked without what it cannot hold", async () => {
    const run = await engine.run(asking, "a\u0000b");
    await engine.follow(run, ({ type }) => type === "run.waiting");
    const [approval] = await pending(run);
    expect(approval?.title).toBe("Ship a\ufffdb?");
    await decide(approval?.id, { decision: "approve" });
    expect((await engine.follow(run)).at(-1)).toMatchObject({ type: "run.completed" });
  });

  test("what nobody asked cannot be decided", async () => {
    expect(await decide("apr_none", { decision: "approve" })).toMatchObject({ status: 404 });
    expect(await decide("apr_none", { decision: "maybe" })).toMatchObject({ status: 400, body: { path: "decision" } });
  });
});
