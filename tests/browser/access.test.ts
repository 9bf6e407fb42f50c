import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";

let engine: TestEngine;

beforeAll(async () => {
  engine = await startEngine("embedded");
});
afterAll(async () => {
  await closeBrowser();
  await engine.stop(0);
});

/** What axe finds on the page, in one line each. The strict policy forbids injected scripts, so it runs as evaluated code. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
  return found;
}

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(engine.welcomeUrl(), { colorScheme });
    await studio.node("triage").waitFor();
  });
  afterAll(() => studio.close());

  test("the canvas, a selected node, a run, the runs and the inbox hold no known barrier", async () => {
    const { page, node } = studio;
    expect(await barriers(page)).toEqual([]);
    await node("triage").click();
    await page.getByLabel("Prompt").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("button", { name: "Start run" }).click();
    await expect.poll(() => studio.stateOf("review"), { timeout: 20_000 }).toBe("waiting");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("link", { name: "Runs" }).click();
    await page.getByRole("table").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("link", { name: /Inbox/ }).click();
    await page.getByRole("button", { name: "Reject" }).first().waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

test("a workflow is drawn, set up, run and approved with the keyboard alone", async () => {
  const studio = await openStudio(engine.welcomeUrl());
  const { page, node } = studio;
  await node("triage").waitFor();
  await node("draft").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => node("draft").getAttribute("class")).toContain("selected");
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.getByRole("form", { name: "Input of the run" }).waitFor();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect.poll(() => studio.stateOf("review"), { timeout: 20_000 }).toBe("waiting");
  const approve = page.getByRole("region", { name: "Run", exact: true }).getByRole("button", { name: "Approve" });
  await approve.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => studio.stateOf("sent")).toBe("succeeded");
  await page.getByRole("slider", { name: "Replay" }).focus();
  await page.keyboard.press("Home");
  await expect.poll(() => studio.stateOf("triage")).toBe("idle");
  await studio.close();
});
