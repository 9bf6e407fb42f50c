import { afterAll, beforeAll, expect, test } from "vitest";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";

let engine: TestEngine;
let mine: Studio;
let theirs: Studio;

beforeAll(async () => {
  engine = await startEngine("embedded");
  mine = await openStudio(engine.welcomeUrl());
  await mine.node("triage").waitFor();
  theirs = await openStudio(engine.welcomeUrl());
  await theirs.node("triage").waitFor();
});
afterAll(async () => {
  await mine.close();
  await theirs.close();
  await closeBrowser();
  await engine.stop(0);
});

async function rename(studio: Studio, name: string): Promise<void> {
  const field = studio.page.getByLabel("Workflow name");
  await field.fill(name);
  await field.press("Enter");
}

const nameOf = (studio: Studio) => studio.page.getByLabel("Workflow name").inputValue();

test("two people who change one workflow are asked, and neither loses anything unasked", async () => {
  await rename(theirs, "Theirs");
  await expect.poll(() => theirs.page.locator(".save-state").getAttribute("data-saved")).toBe("saved");
  await rename(mine, "Mine");
  await mine.page.getByRole("button", { name: "Take theirs" }).click();
  await expect.poll(() => nameOf(mine)).toBe("Theirs");
  await mine.page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => nameOf(mine)).toBe("Mine");
  await expect.poll(() => mine.page.locator(".save-state").getAttribute("data-saved")).toBe("saved");

  // by now the other one is behind, and keeps its own
  await rename(theirs, "Theirs again");
  await theirs.page.getByRole("button", { name: "Keep mine" }).click();
  await expect.poll(() => theirs.page.locator(".save-state").getAttribute("data-saved")).toBe("saved");
  const id = theirs.page.url().split("/").at(-1);
  expect((await engine.call<{ name: string }>("GET", `workflows/${id}`)).body.name).toBe("Theirs again");
});
