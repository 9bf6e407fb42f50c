import type { Approval, RunSummary, Workflow } from "@signalbox/shared/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asking, drawing, edge, node } from "../support/drawing.ts";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";

const doubles = (factor: number) =>
  drawing(
    [node("start", "start"), node("stop", "end", { output: `{{ input.n * ${factor} }}` })],
    [edge("start", "stop")],
  );
const calls = (workflow: string, data: object = {}) =>
  drawing(
    [
      node("start", "start"),
      node("sub", "subflow", { workflow, input: { n: "{{ input.n }}" }, ...data }),
      node("stop", "end", { output: "{{ sub }}" }),
    ],
    [edge("start", "sub"), edge("sub", "stop")],
  );

describe.each(databaseKinds)("subflows on %s", (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.stop(0);
    expect(engine.errors).toEqual([]);
  });

  const make = async (graph: object): Promise<Workflow> =>
    (await engine.call<Workflow>("POST", "workflows", { name: "Child", graph })).body;
  const runOf = async (id: string) => (await engine.call<RunSummary>("GET", `runs/${id}`)).body;
  const childrenOf = async (run: string) =>
    (await engine.call<{ items: RunSummary[] }>("GET", `runs?parent=${run}`)).body.items;

  test("without a version it runs the draft until one is published, then the published one, or the one it is pinned to", async () => {
    const child = await make(doubles(2));
    const outputs: unknown[] = [];
    const runIt = async (data: object = {}) => {
      const run = await engine.run(calls(child.key, data), { n: 10 });
      await engine.follow(run);
      outputs.push((await runOf(run)).output);
      return run;
    };
    await runIt();
    await engine.call("POST", `workflows/${child.id}/publish`, {});
    await engine.call("PUT", `workflows/${child.id}`, { graph: doubles(3), revision: child.revision });
    await runIt();
    await engine.call("POST", `workflows/${child.id}/publish`, {});
    await runIt();
    const pinned = await runIt({ version: 1 });
    expect(outputs).toEqual([20, 20, 30, 20]);
    const [made] = await childrenOf(pinned);
    expect(made).toMatchObject({ workflow: child.id, version: 1, parent: pinned, root: pinned, status: "completed" });
  });

  test("what a subflow's subflow asks is asked of whoever looks at the parent, and the answer goes all the way up", async () => {
    const inner = await make(asking);
    const outer = await make(calls(inner.key));
    const run = await engine.run(calls(outer.key), { n: 1 });
    await engine.follow(run, ({ type }) => type === "run.waiting");
    const { body } = await engine.call<{ items: Approval[] }>("GET", `approvals?status=pending&run=${run}`);
    expect(body.items).toHaveLength(1);
    const [approval] = body.items;
    expect(approval?.run).not.toBe(run);
    expect(await runOf(run)).toMatchObject({ status: "waiting" });
    await engine.call("POST", `approvals/${approval?.id}`, { decision: "approve" });
    await engine.follow(run);
    expect(await runOf(run)).toMatchObject({ status: "completed" });
  });

  test("cancelling the parent cancels what it has made, and nothing is asked any more", async () => {
    const child = await make(asking);
    const run = await engine.run(calls(child.key), { n: 1 });
    await engine.follow(run, ({ type }) => type === "run.waiting");
    await engine.call("POST", `runs/${run}/cancel`);
    await engine.follow(run);
    const [made] = await childrenOf(run);
    await engine.follow(made?.id ?? "");
    expect(await runOf(made?.id ?? "")).toMatchObject({ status: "cancelled" });
    const { body } = await engine.call<{ items: Approval[] }>("GET", `approvals?status=pending&run=${run}`);
    expect(body.items).toEqual([]);
  });

  test("a child whose draft has errors is a failure of the node, with the sentence of the finding", async () => {
    const broken = drawing([node("start", "start"), node("ask", "agent", {})], [edge("start", "ask")]);
    const child = await make(broken);
    const run = await engine.run(calls(child.key), { n: 1 });
    await engine.follow(run);
    expect((await runOf(run)).error).toMatchObject({ code: "graph_invalid", node: "sub" });
    expect(await childrenOf(run)).toEqual([]);
  });
});
