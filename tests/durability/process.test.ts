import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Approval } from "@signalbox/shared/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signalbox } from "../support/command.ts";
import { freshPostgresUrl } from "../support/databases.ts";
import { asking, drawing, edge, node } from "../support/drawing.ts";
import { startEngineProcess } from "../support/engine-process.ts";
import { startModelServer } from "../support/model-server/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-process-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const thinking = drawing(
  [node("start", "start"), node("think", "agent", { model: "openai:played", prompt: "{{ input }}" })],
  [edge("start", "think")],
);

describe.each(["embedded", "postgres"] as const)("an engine on %s", (kind) => {
  let environment: Record<string, string>;
  beforeAll(async () => {
    environment = {
      SIGNALBOX_DATA: join(folder, kind),
      ...(kind === "postgres" ? { DATABASE_URL: await freshPostgresUrl() } : {}),
    };
  });

  test("that is told to stop answers who waits, lets go of its runs, and ends with 0", async () => {
    const engine = await startEngineProcess(environment);
    const run = await engine.run(asking, "it");
    await engine.follow(run, ({ type }) => type === "run.waiting");
    const { body } = await engine.call<{ workflow: string }>("GET", `runs/${run}`);
    const waited = engine.call("POST", `workflows/${body.workflow}/runs?wait=60`, { input: "more" });
    // its run is there, so the request has come
    const begun = () => engine.call<{ items: { input: string }[] }>("GET", "runs?limit=1");
    while ((await begun()).body.items[0]?.input !== "more");
    expect(await engine.stop()).toBe(0);
    expect((await waited).status).toBe(202);
  });

  test("that starts again goes on with a run that waited for a person", async () => {
    const first = await startEngineProcess(environment);
    const run = await first.run(asking, "it");
    await first.follow(run, ({ type }) => type === "run.waiting");
    await first.kill();
    const second = await startEngineProcess(environment);
    const { body } = await second.call<{ items: Approval[] }>("GET", `approvals?status=pending&run=${run}`);
    expect(body.items).toHaveLength(1);
    await second.call("POST", `approvals/${body.items[0]?.id}`, { decision: "approve" });
    expect((await second.follow(run)).at(-1)).toMatchObject({ type: "run.completed", output: "approved" });
    expect(await second.stop()).toBe(0);
  });

  test("that is told to stop lets a model finish its sentence", async () => {
    const models = await startModelServer({ script: () => ({ text: "said in full", chunk: 2, delayMs: 60 }) });
    const engine = await startEngineProcess({ ...environment, OPENAI_BASE_URL: models.openAiUrl });
    const run = await engine.run(thinking, "?");
    await engine.follow(run, ({ type }) => type === "model.called");
    expect(await engine.stop()).toBe(0);
    const again = await startEngineProcess({ ...environment, OPENAI_BASE_URL: models.openAiUrl });
    expect((await again.follow(run)).at(-1)).toMatchObject({ type: "run.completed" });
    expect(models.requests).toHaveLength(1);
    expect(await again.stop()).toBe(0);
    await models.close();
  });
});

test("a second engine on one data folder ends at once with a sentence", async () => {
  const environment = { SIGNALBOX_DATA: join(folder, "shared"), SIGNALBOX_PORT: "0" };
  const first = await startEngineProcess(environment);
  const second = await signalbox(["serve"], { cwd: folder, environment });
  expect(second).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(/Another Signalbox .*\. .*\(data_in_use\)/),
  });
  expect(await first.stop()).toBe(0);
});

test("a port that is taken is told in a sentence", async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const address = other.address();
  const port = typeof address === "object" && address ? String(address.port) : "";
  const environment = { SIGNALBOX_DATA: join(folder, "port"), SIGNALBOX_PORT: port };
  const { code, err } = await signalbox(["serve"], { cwd: folder, environment });
  expect([code, err]).toEqual([1, expect.stringMatching(/already listens on .*\(port_in_use\)/)]);
  other.close();
});
