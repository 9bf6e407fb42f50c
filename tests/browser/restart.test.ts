import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workflow } from "@signalbox/shared/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshPostgresUrl } from "../support/databases.ts";
import { databaseKinds } from "../support/engine.ts";
import { type EngineProcess, startEngineProcess } from "../support/engine-process.ts";
import { type ModelServer, startModelServer } from "../support/model-server/index.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";

describe.each(databaseKinds)("the laptop is closed, engine on %s", (kind) => {
  let models: ModelServer;
  let engine: EngineProcess;
  let studio: Studio;
  let folder: string;
  let environment: Record<string, string>;
  let hold = true;
  const asked: (() => void)[] = [];

  const node = (id: string, type: string, data: object, x: number) => ({ id, type, data, position: { x, y: 0 } });
  const edge = (source: string, target: string) => ({
    id: `${source}-${target}`,
    source,
    sourceHandle: "out",
    target,
    targetHandle: "in",
  });
  const graph = {
    format: "signalbox.graph/1",
    name: "Overnight",
    nodes: [
      node("start", "start", {}, 0),
      node("first", "agent", { model: "openai:played", prompt: "first" }, 280),
      node("second", "agent", { model: "openai:played", prompt: "second" }, 560),
      node("stop", "end", { output: "{{ first.text }}, {{ second.text }}" }, 840),
    ],
    edges: [edge("start", "first"), edge("first", "second"), edge("second", "stop")],
  };

  beforeAll(async () => {
    models = await startModelServer({
      script: (request) => {
        const isSecond = JSON.stringify(request.body).includes("second");
        if (isSecond) for (const ring of asked.splice(0)) ring();
        return isSecond && hold ? { text: "half an", ending: "hang" } : { text: isSecond ? "done" : "begun" };
      },
    });
    folder = await mkdtemp(join(tmpdir(), "signalbox-night-"));
    environment = {
      SIGNALBOX_DATA: folder,
      OPENAI_BASE_URL: models.openAiUrl,
      ...(kind === "postgres" ? { DATABASE_URL: await freshPostgresUrl() } : {}),
    };
    engine = await startEngineProcess(environment);
  });
  afterAll(async () => {
    await studio.close();
    await closeBrowser();
    await engine.stop();
    await models.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("in the middle of a run; started again, the run goes on from where it was", async () => {
    const { body } = await engine.call<Workflow>("POST", "workflows", { name: "Overnight", graph });
    studio = await openStudio(engine.welcomeUrl);
    const { page } = studio;
    await studio.node("start").first().waitFor();
    await page.goto(new URL(`/workflows/${body.id}`, engine.address).href);
    await studio.node("second").waitFor();

    const secondAsked = new Promise<void>((ring) => asked.push(ring));
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await secondAsked;
    await expect.poll(() => studio.stateOf("first")).toBe("succeeded");
    // the model has said half of its answer and holds still: what is on the card now was streamed, not read from a result
    await expect.poll(() => studio.node("second").textContent()).toContain("half an");
    expect(await studio.stateOf("second")).toBe("streaming");
    await engine.kill();
    hold = false;
    engine = await startEngineProcess({ ...environment, SIGNALBOX_PORT: new URL(engine.address).port });

    // the page that stayed open finds the engine again by itself
    await expect.poll(() => studio.stateOf("stop"), { timeout: 30_000 }).toBe("succeeded");
    await expect.poll(() => page.locator(".dock .status-chip").textContent()).toBe("Completed");
    expect(await page.locator(".run-output").textContent()).toContain("begun, done");
    // the first model call was durable, so it was made once
    expect(models.requests.filter(({ body: said }) => JSON.stringify(said).includes("first"))).toHaveLength(1);
  });
});
