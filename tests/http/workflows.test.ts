import type { FindingList, Problem, Version, Workflow } from "@signalbox/shared/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { doubling, drawing, edge, node } from "../support/drawing.ts";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";

describe.each(databaseKinds)("workflows on %s", (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.stop(0);
    expect(engine.errors).toEqual([]);
  });

  const create = async (graph: object = doubling, name = "Doubling") =>
    (await engine.call<Workflow>("POST", "workflows", { name, graph })).body;

  test("a workflow is made, read, saved and removed, and a stale save is refused", async () => {
    const made = await create();
    expect(made).toMatchObject({ name: "Doubling", revision: 1, publishedVersion: null });
    expect(made.key).toMatch(/^doubling/);
    const renamed = { graph: { ...made.graph, name: "Renamed" }, revision: 1 };
    expect((await engine.call("PUT", `workflows/${made.id}`, renamed)).body).toMatchObject({
      name: "Renamed",
      revision: 2,
    });
    const stale = await engine.call("PUT", `workflows/${made.id}`, { graph: made.graph, revision: 1 });
    expect(stale).toMatchObject({ status: 409, body: { code: "revision_conflict", revision: 2 } });
    expect((await engine.call<Workflow>("GET", `workflows/${made.id}`)).body.name).toBe("Renamed");
    expect((await engine.call("DELETE", `workflows/${made.id}`)).status).toBe(204);
    expect((await engine.call("GET", `workflows/${made.id}`)).status).toBe(404);
  });

  test("the name beside a saved graph is the workflow's and the graph's", async () => {
    const made = await create();
    const saved = await engine.call<Workflow>("PUT", `workflows/${made.id}`, {
      graph: made.graph,
      revision: 1,
      name: "Twofold",
    });
    expect(saved.body).toMatchObject({ name: "Twofold", graph: { name: "Twofold" } });
  });

  test("two workflows of one name have keys of their own", async () => {
    const [one, other] = [await create(doubling, "Same name"), await create(doubling, "Same name")];
    expect(one.key).toBe("same-name");
    expect(other.key).not.toBe(one.key);
  });

  test("what is saved and read back is written as it was", async () => {
    const made = await create();
    const saved = await engine.call<Workflow>("PUT", `workflows/${made.id}`, { graph: made.graph, revision: 1 });
    expect(JSON.stringify(saved.body.graph)).toBe(JSON.stringify(made.graph));
  });

  test("published versions are numbered, listed newest first, and never change", async () => {
    const made = await create();
    for (const note of ["first", "second"]) await engine.call("POST", `workflows/${made.id}/publish`, { note });
    const { body } = await engine.call<{ items: Version[] }>("GET", `workflows/${made.id}/versions`);
    expect(body.items.map(({ version, note }) => [version, note])).toEqual([
      [2, "second"],
      [1, "first"],
    ]);
    await engine.call("PUT", `workflows/${made.id}`, { graph: { ...made.graph, name: "Other" }, revision: 1 });
    expect((await engine.call("GET", `workflows/${made.id}/versions/1`)).body).toMatchObject({
      graph: { name: "Doubling" },
    });
    expect(await engine.call("GET", `workflows/${made.id}/versions/9`)).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  });

  test("lists go page by page, newest first, each workflow once", async () => {
    for (let made = 0; made < 5; made += 1) await create(doubling, "Paged");
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await engine.call<{ items: Workflow[]; next: string | null }>(
        "GET",
        `workflows?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`,
      );
      seen.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.next ?? "";
    } while (cursor !== "");
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(5);
  });

  test("what lacks sense is stored as a draft, found by check, and not run or published", async () => {
    const { id } = await create(
      drawing(
        [
          node("start", "start"),
          node("think", "agent", { model: "simulated" }),
          node("pick", "branch", { cases: [{ id: "a", when: "think.text >" }] }),
          node("later", "wait", {}),
        ],
        [edge("start", "think"), edge("think", "pick"), edge("pick", "gone", "a"), edge("pick", "later", "else")],
      ),
    );
    const { items } = (await engine.call<FindingList>("POST", `workflows/${id}/check`)).body;
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: "required_missing", path: expect.stringMatching(/prompt$/), node: "think" }),
        expect.objectContaining({ code: "edge_dangling", path: expect.stringMatching(/^edges\.\d\.target$/) }),
        expect.objectContaining({ code: "expression_syntax", node: "pick" }),
        expect.objectContaining({ node: "later", severity: "error" }),
      ]),
    );
    for (const way of ["runs", "publish"]) {
      const refused = await engine.call<Problem>("POST", `workflows/${id}/${way}`, {});
      expect(refused).toMatchObject({ status: 422, body: { code: "graph_invalid", path: expect.any(String) } });
      expect(refused.headers.get("content-type")).toContain("application/problem+json");
      const errors = items.filter(({ severity }) => severity === "error").map(({ code, path }) => ({ code, path }));
      expect(refused.body.items).toMatchObject(errors);
    }
    expect((await engine.call("GET", `runs?workflow=${id}`)).body).toMatchObject({ items: [] });
  });

  test("a template becomes a workflow without findings", async () => {
    const { body } = await engine.call<{ items: { id: string }[] }>("GET", "templates");
    for (const { id } of body.items) {
      const made = await engine.call<Workflow>("POST", `templates/${id}/instantiate`);
      expect(made.status).toBe(201);
      expect((await engine.call("POST", `workflows/${made.body.id}/check`)).body).toEqual({ items: [] });
    }
    expect((await engine.call("POST", "templates/none/instantiate")).status).toBe(404);
  });
});
