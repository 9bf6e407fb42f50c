import type { FindingList, RunSummary, Workflow } from "@signalbox/shared/api";
import { applyFix } from "@signalbox/shared/fixes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawing, edge, node } from "../support/drawing.ts";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";

const child = {
  ...drawing([node("start", "start")], []),
  input: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
};
const calls = (data: object) => drawing([node("start", "start"), node("sub", "subflow", data)], [edge("start", "sub")]);

describe.each(databaseKinds)("findings about other workflows on %s", (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
    await engine.call("POST", "workflows", { name: "Count up", graph: child });
  });
  afterAll(async () => {
    await engine.stop(0);
    expect(engine.errors).toEqual([]);
  });

  const make = async (data: object): Promise<Workflow> =>
    (await engine.call<Workflow>("POST", "workflows", { name: "Parent", graph: calls(data) })).body;
  const check = async ({ id }: Workflow) =>
    (await engine.call<FindingList>("POST", `workflows/${id}/check`, undefined)).body.items;

  test("a workflow that there is not is found with the one that was meant, and the fix ends the finding", async () => {
    const parent = await make({ workflow: "cuont-up", input: { n: 1 } });
    const [finding, ...others] = await check(parent);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: "workflow_unknown", node: "sub", fix: { title: "Use count-up" } });

    const refused = await engine.call("POST", `workflows/${parent.id}/publish`, {});
    expect(refused).toMatchObject({ status: 422, body: { code: "graph_invalid", items: [finding] } });

    const graph = finding?.fix ? applyFix(parent.graph, finding.fix) : parent.graph;
    const { body } = await engine.call<Workflow>("PUT", `workflows/${parent.id}`, { graph, revision: parent.revision });
    expect(await check(body)).toEqual([]);
  });

  test.each([
    ["a version that was never published", { workflow: "count-up", version: 4, input: { n: 1 } }, "version_unknown"],
    ["an input that it needs", { workflow: "count-up" }, "input_missing"],
    ["an input of another type", { workflow: "count-up", input: { n: "one" } }, "input_invalid"],
  ])("%s keeps it from being run", async (_what, data, code) => {
    const { id } = await make(data);
    const refused = await engine.call<RunSummary>("POST", `workflows/${id}/runs`, { input: null });
    expect(refused).toMatchObject({ status: 422, body: { code: "graph_invalid", items: [{ code, node: "sub" }] } });
  });
});
