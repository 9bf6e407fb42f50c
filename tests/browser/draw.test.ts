import type { Workflow } from "@signalbox/shared/api";
import type { Graph } from "@signalbox/shared/graph";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";

describe.each(databaseKinds)("drawing a workflow, engine on %s", (kind) => {
  let engine: TestEngine;
  let studio: Studio;

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

  /** The draft as the engine has it. */
  async function stored(): Promise<Graph> {
    const id = studio.page.url().split("/").at(-1);
    return (await engine.call<Workflow>("GET", `workflows/${id}`)).body.graph;
  }

  async function newWorkflow(): Promise<void> {
    const { page } = studio;
    await page.getByRole("button", { name: "Workflows" }).click();
    await page.getByRole("menuitem", { name: "New workflow" }).click();
    await studio.node("agent").waitFor();
  }

  /** The middle of a thing on the screen. */
  async function middle(selector: string): Promise<{ x: number; y: number }> {
    const box = await studio.page.locator(selector).first().boundingBox();
    if (!box) throw new Error(`${selector} is not on the screen.`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  async function drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const { mouse } = studio.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 14 });
    await mouse.up();
  }

  const handle = (node: string, id: string) =>
    `.react-flow__node[data-id="${node}"] .react-flow__handle[data-handleid="${id}"]`;

  test("the page opens signed in, with the sample workflow on the canvas", async () => {
    expect(await studio.page.title()).toContain("Support triage");
    expect(await studio.page.locator(".react-flow__node").count()).toBeGreaterThan(10);
  });

  test("nodes are dragged in from the palette, connected, set up, and everything is saved by itself", async () => {
    const { page, node } = studio;
    await newWorkflow();
    const canvas = await page.locator(".react-flow").boundingBox();
    if (!canvas) throw new Error("There is no canvas.");
    const item = page.getByRole("complementary", { name: "Palette and problems" }).getByText("Branch", { exact: true });
    const from = await item.boundingBox();
    if (!from) throw new Error("The palette has no branch.");
    await drag(
      { x: from.x + 10, y: from.y + 8 },
      { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height * 0.75 },
    );
    await node("branch").waitFor();

    await drag(await middle(handle("agent", "out")), await middle(handle("branch", "in")));
    await expect
      .poll(async () => (await stored()).edges.map(({ source, target }) => `${source} ${target}`))
      .toContain("agent branch");

    await node("agent").click();
    const prompt = page.getByLabel("Prompt");
    await prompt.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Answer this");
    await expect
      .poll(async () => (await stored()).nodes.find(({ id }) => id === "agent")?.data)
      .toMatchObject({ prompt: "Answer this" });
  });

  test("problems are shown in place, lead to their field, and keep the workflow from running", async () => {
    const { page, node } = studio;
    await node("agent").click();
    await page.getByLabel("Prompt").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText("Answer {{ nobody.text }}");
    await page.getByRole("tab", { name: /Problems/ }).click();
    const problem = page.getByRole("tabpanel", { name: /Problems/ }).getByRole("button", { name: /nobody/ });
    await problem.waitFor();
    await node("end").click();
    await problem.click();
    await expect
      .poll(() => page.getByLabel("Prompt").evaluate((field) => field.contains(document.activeElement)))
      .toBe(true);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByText(/keeps? this workflow from running/).waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByRole("tab", { name: "Nodes" }).click();
  });

  test("everything can be undone and done again", async () => {
    const { page } = studio;
    const undo = page.getByRole("button", { name: "Undo" });
    while (await undo.isEnabled()) await undo.click();
    await expect.poll(async () => (await stored()).nodes.map(({ id }) => id).sort()).toEqual(["agent", "end", "start"]);
    const redo = page.getByRole("button", { name: "Redo" });
    while (await redo.isEnabled()) await redo.click();
    await expect
      .poll(async () => (await stored()).nodes.map(({ id }) => id).sort())
      .toEqual(["agent", "branch", "end", "start"]);
  });

  test("tidy lays the drawing out as one step", async () => {
    const { page } = studio;
    const before = await stored();
    await page.getByRole("button", { name: "Tidy" }).click();
    await expect
      .poll(async () => (await stored()).nodes.map(({ position }) => position))
      .not.toEqual(before.nodes.map(({ position }) => position));
    const boxes = await page
      .locator(".react-flow__node")
      .evaluateAll((nodes) => nodes.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
    for (const [index, one] of boxes.entries()) {
      for (const other of boxes.slice(index + 1)) {
        const apart =
          one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
        expect(apart).toBe(true);
      }
    }
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(async () => (await stored()).nodes).toEqual(before.nodes);
  });

  test("a node is deleted with the keyboard and brought back", async () => {
    const { page, node } = studio;
    await node("branch").click();
    await page.keyboard.press("Delete");
    await expect.poll(() => node("branch").count()).toBe(0);
    await page.keyboard.press("ControlOrMeta+z");
    await node("branch").waitFor();
  });
});
