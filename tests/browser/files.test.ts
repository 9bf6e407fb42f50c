import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workflow } from "@signalbox/shared/api";
import type { Graph } from "@signalbox/shared/graph";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";

describe.each(databaseKinds)("graphs as text, engine on %s", (kind) => {
  let engine: TestEngine;
  let studio: Studio;
  let exported: string;

  beforeAll(async () => {
    engine = await startEngine(kind);
    studio = await openStudio(engine.welcomeUrl());
    await studio.node("triage").waitFor();
  });
  afterEach(() => expect(studio.complaints).toEqual([]));
  afterAll(async () => {
    await studio.close();
    await closeBrowser();
    await engine.stop(0);
  });

  const graphFile = join(tmpdir(), `signalbox-graph-${process.pid}.json`);

  async function importText(text: string): Promise<void> {
    await writeFile(graphFile, text);
    await studio.page.getByLabel("Graph file").setInputFiles(graphFile);
  }

  test("the graph is exported as the JSON that the engine has, written in one way", async () => {
    const { page } = studio;
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    exported = await readFile(await (await download).path(), "utf8");
    const id = page.url().split("/").at(-1);
    expect(JSON.parse(exported)).toEqual((await engine.call<Workflow>("GET", `workflows/${id}`)).body.graph);
    expect(exported.endsWith("}\n")).toBe(true);
  });

  test("an edited file is imported, can be undone, and exporting it again is no diff", async () => {
    const { page } = studio;
    const edited = exported.replace('"Support triage"', '"Edited by hand"');
    await importText(edited);
    await expect.poll(() => page.getByLabel("Workflow name").inputValue()).toBe("Edited by hand");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    expect(await readFile(await (await download).path(), "utf8")).toBe(edited);
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect.poll(() => page.getByLabel("Workflow name").inputValue()).toBe("Support triage");
  });

  test("a file that is no graph says why and changes nothing", async () => {
    const { page } = studio;
    await importText(exported.replace('"type": "agent"', '"type": "wizard"'));
    await page.getByText(/is not a Signalbox graph/).waitFor();
    expect(await page.locator(".toasts").textContent()).toContain("wizard");
    await page.getByRole("button", { name: "Dismiss" }).first().click();
    await importText("{ not json");
    await page.getByText(/is not JSON/).waitFor();
    expect(await page.getByLabel("Workflow name").inputValue()).toBe("Support triage");
    await page.getByRole("button", { name: "Dismiss" }).first().click();
  });

  test("nodes are copied as JSON text and pasted as new nodes", async () => {
    const { page, node } = studio;
    await node("triage").click();
    await page.keyboard.press("ControlOrMeta+c");
    const copied = async () => {
      const text = await page.evaluate(() => navigator.clipboard.readText());
      const { nodes } = JSON.parse(text || '{"nodes":[]}') as Pick<Graph, "nodes" | "edges">;
      return nodes.map(({ id }) => id);
    };
    // right after the page has opened, the part that copies is still on its way
    await expect.poll(copied).toEqual(["triage"]);
    await page.keyboard.press("ControlOrMeta+v");
    await node("triage_2").waitFor();
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => node("triage_2").count()).toBe(0);
  });
});
