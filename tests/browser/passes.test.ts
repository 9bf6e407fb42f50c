import type { RunSummary, Workflow } from "@signalbox/shared/api";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";
import { repeating } from "./passes-graph.ts";

let engine: TestEngine;
let studio: Studio;

beforeAll(async () => {
  engine = await startEngine("embedded");
  studio = await openStudio(engine.welcomeUrl());
  await studio.node("triage").waitFor();
});
afterEach(() => expect(studio.complaints).toEqual([]));
afterAll(async () => {
  await studio.close();
  await closeBrowser();
  await engine.stop(0);
});

/** Runs the drawing over these items and opens the page of the run. */
async function openRunOver(items: readonly number[]): Promise<void> {
  const { id } = (await engine.call<Workflow>("POST", "workflows", { name: "Again", graph: repeating })).body;
  const { run } = (
    await engine.call<{ run: RunSummary }>("POST", `workflows/${id}/runs`, { version: "draft", input: { items } })
  ).body;
  await engine.follow(run.id);
  await studio.page.goto(`${engine.address}/runs/${run.id}`);
  await expect.poll(() => studio.stateOf("stop")).toBe("succeeded");
}

const passOf = (name: string) => studio.page.getByRole("group", { name: `Pass of ${name}`, exact: true });
const inspector = () => studio.page.getByRole("complementary", { name: "Inspector" });
const output = () => inspector().getByRole("tabpanel").textContent();

test("a press on an item's cell shows what the nodes inside did with it; keys go on from there", async () => {
  const { page, node } = studio;
  await openRunOver([0, 1, 9, 1, 2]);
  const strip = page.getByRole("slider", { name: "Item of Each order" });
  const cells = strip.locator("i");
  await expect
    .poll(() => cells.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.state)))
    .toEqual(["succeeded", "succeeded", "failed", "succeeded", "succeeded"]);
  // of all items one sees the worst
  await expect.poll(() => studio.stateOf("share")).toBe("failed");
  await node("share").click();
  await inspector().getByRole("tab", { name: "Output" }).click();

  await cells.nth(3).click();
  await expect.poll(() => studio.stateOf("share")).toBe("succeeded");
  await expect.poll(() => strip.getAttribute("aria-valuetext")).toBe("Item 4 of 5, succeeded");
  // what is selected stays so, and is seen as it was for this item
  await expect.poll(output).toContain("20");

  await strip.press("ArrowLeft");
  await expect.poll(() => studio.stateOf("share")).toBe("failed");
  await strip.press("End");
  await expect.poll(output).toContain("30");
  await strip.press("Escape");
  await expect.poll(() => strip.getAttribute("aria-valuetext")).toBe("All items");
  await expect.poll(() => studio.stateOf("share")).toBe("failed");
});

test("thousands of items are a strip that fits, in which the one that failed is found", async () => {
  const { page } = studio;
  await openRunOver(Array.from({ length: 2000 }, (_, index) => (index === 1234 ? 9 : 0)));
  const strip = page.getByRole("slider", { name: "Item of Each order" });
  await expect.poll(() => strip.locator("i").count()).toBeLessThan(60);
  await strip.locator("i[data-state='failed']").click();
  await expect.poll(() => strip.getAttribute("aria-valuetext")).toBe("Item 1,235 of 2,000, failed");
});

test("a loop shows its newest pass until another is chosen; inside, the chosen pass decides", async () => {
  const { page, node } = studio;
  await openRunOver([1]);
  await expect.poll(() => passOf("Revise").locator("output").textContent()).toBe("pass 3 of 3");
  await node("draft").click();
  await inspector().getByRole("tab", { name: "Output" }).click();
  await expect.poll(output).toContain("n3Went on");

  await passOf("Revise").getByRole("button", { name: "The pass before" }).click();
  await expect.poll(output).toContain("n2Went on");
  // an item of the for-each inside: in this pass
  await page.getByRole("slider", { name: "Item of Parts" }).locator("i").nth(2).click();
  await node("polish").click();
  await expect.poll(output).toContain("n23Went on");
  await node("polish").press("[");
  await expect.poll(output).toContain("n22Went on");

  // another pass around it: the item chosen in the one before is none of it
  await node("draft").click();
  await node("draft").press("[");
  await expect.poll(() => passOf("Revise").locator("output").textContent()).toBe("pass 1 of 3");
  await expect
    .poll(() => page.getByRole("slider", { name: "Item of Parts" }).getAttribute("aria-valuetext"))
    .toBe("All items");
  await passOf("Revise").getByRole("button", { name: "The next pass" }).press("Escape");
  await expect.poll(output).toContain("n3Went on");
});

test("the node that a loop of edges begins with has the passes of that loop", async () => {
  const { node } = studio;
  const passes = passOf("the loop at Write");
  await expect.poll(() => passes.locator("output").textContent()).toBe("pass 3 of 3");
  await node("judge").click();
  await inspector().getByRole("tab", { name: "Output" }).click();
  await expect.poll(output).toContain("else");
  await passes.getByRole("button", { name: "The pass before" }).press("Enter");
  await expect.poll(output).toContain("again");
  await passes.getByRole("button", { name: "The pass before" }).press("ArrowLeft");
  await node("write").click();
  await expect.poll(output).toContain("n1Went on");
  await passes.getByRole("button", { name: "Go along with the newest pass" }).click();
  await expect.poll(output).toContain("n3Went on");
});

test("lanes are named by what they begin with, and say how they ended", async () => {
  const { page } = studio;
  const lanes = page.getByRole("list", { name: "Lanes" }).getByRole("listitem");
  await expect.poll(() => lanes.allTextContents()).toEqual(["Leftsucceeded", "Rightsucceeded"]);
});

test("the timeline puts passes under their loop and items under their frame, and leads to each", async () => {
  const { page, node } = studio;
  await page.getByRole("tab", { name: "Timeline" }).click();
  const rows = page.getByRole("list", { name: "Activations" }).getByRole("listitem");
  const names = async () => (await rows.locator(".bar-name").allTextContents()).map((name) => name.trim());
  expect((await names()).slice(0, 4)).toEqual(["Start", "Each order", "Item 1", "Share"]);
  // only the lines in sight are in the page: what stands before is put away to come to the end
  await rows.getByRole("button", { name: "What Revise holds" }).press("Enter");
  await expect.poll(names).toContain("Loop at Write");
  await rows.getByRole("button", { name: "Pass 2", exact: false }).first().click();
  await expect.poll(() => passOf("the loop at Write").locator("output").textContent()).toBe("pass 2 of 3");
  await expect.poll(() => page.locator(".react-flow__node.selected").getAttribute("data-id")).toBe("write");
  await node("write").waitFor();
});
