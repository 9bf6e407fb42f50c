import type { Workflow } from "@signalbox/shared/api";
import type { Graph } from "@signalbox/shared/graph";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";

const edge = (source: string, target: string) => ({ id: `${source}-${target}`, source, target });
const drawn = {
  format: "signalbox.graph/1",
  name: "Frames",
  nodes: [
    { id: "start", type: "start", data: {}, position: { x: 0, y: 0 } },
    { id: "tidy", type: "set", data: { values: {} }, position: { x: 320, y: 0 } },
    { id: "fan", type: "parallel", data: { mode: "lanes" }, position: { x: 640, y: 0 }, width: 640, height: 400 },
    { id: "left", type: "set", data: { values: {} }, position: { x: 32, y: 80 }, parentId: "fan" },
    { id: "right", type: "set", data: { values: {} }, position: { x: 32, y: 208 }, parentId: "fan" },
    { id: "stop", type: "end", data: {}, position: { x: 1360, y: 0 } },
  ],
  edges: [edge("start", "tidy"), edge("tidy", "fan"), edge("fan", "stop")],
};

let engine: TestEngine;
let studio: Studio;
let workflow = "";

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

async function open(): Promise<void> {
  workflow = (await engine.call<Workflow>("POST", "workflows", { name: "Frames", graph: drawn })).body.id;
  await studio.page.goto(`${engine.address}/workflows/${workflow}`);
  await studio.node("fan").waitFor();
}

/** The draft as the engine has it. */
async function stored(): Promise<Graph> {
  return (await engine.call<Workflow>("GET", `workflows/${workflow}`)).body.graph;
}

const frameOf = async (id: string) => (await stored()).nodes.find((node) => node.id === id)?.parentId;
const boxOf = async (id: string) => (await studio.node(id).boundingBox())!;

/** Takes a node by its head, as a hand does. */
async function dragTo(id: string, to: { x: number; y: number }): Promise<void> {
  const { mouse } = studio.page;
  const { x, y } = await boxOf(id);
  await mouse.move(x + 40, y + 16);
  await mouse.down();
  // a drag begins where the pointer is once it has gone a little way
  await mouse.move(x + 44, y + 16);
  await mouse.move(to.x + 40, to.y + 16, { steps: 12 });
  await mouse.up();
}

test("a step dragged into a frame stays where it was let go, and one undo takes it back", async () => {
  const { page, node } = studio;
  await open();
  const fan = await boxOf("fan");
  const before = await stored();
  await dragTo("tidy", { x: fan.x + fan.width * 0.55, y: fan.y + fan.height * 0.4 });
  await expect.poll(() => frameOf("tidy")).toBe("fan");
  const box = await boxOf("tidy");
  expect(Math.abs(box.x - (fan.x + fan.width * 0.55))).toBeLessThan(12);
  expect(Math.abs(box.y - (fan.y + fan.height * 0.4))).toBeLessThan(12);

  // its edges are still there, said to be wrong
  expect((await stored()).edges).toHaveLength(3);
  await page.getByText("2 edges cross a frame's border now").waitFor();
  await expect.poll(() => page.locator(".wire[data-wrong]").count()).toBe(2);
  await page.getByRole("tab", { name: /Problems/ }).click();
  const problems = page.getByRole("tabpanel", { name: /Problems/ });
  await expect.poll(() => problems.getByText("crosses a frame's border").count()).toBe(2);

  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(async () => (await stored()).nodes).toEqual(before.nodes);
  await expect.poll(() => page.locator(".wire[data-wrong]").count()).toBe(0);

  // out of it again, this time with the edges led to the frame
  await dragTo("tidy", { x: fan.x + fan.width * 0.55, y: fan.y + fan.height * 0.4 });
  await page.locator(".toasts").getByRole("button", { name: "Connect to the frame", exact: true }).click();
  await expect
    .poll(async () => (await stored()).edges.map(({ source, target }) => `${source} ${target}`).sort())
    .toEqual(["fan stop", "start fan"]);
  await dragTo("tidy", { x: fan.x, y: fan.y + fan.height + 60 });
  await expect.poll(() => frameOf("tidy")).toBeUndefined();
  await node("tidy").waitFor();
});

test("with the keyboard a step goes into a frame and out of it", async () => {
  const { page, node } = studio;
  await open();
  await node("tidy").click();
  await page.getByRole("button", { name: "Move to another frame" }).waitFor();
  await node("tidy").press("m");
  await page.locator("[role=menuitem]:focus").waitFor();
  await page.keyboard.press("Enter");
  await expect.poll(() => frameOf("tidy")).toBe("fan");
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => frameOf("tidy")).toBeUndefined();

  const fan = await boxOf("fan");
  await node("left").click();
  await node("left").press("m");
  await page.getByRole("menuitem", { name: "Out to the open canvas" }).press("Enter");
  await expect.poll(() => frameOf("left")).toBeUndefined();
  // it does not seem to be inside any more
  expect((await boxOf("left")).y).toBeGreaterThan(fan.y + fan.height);
});

test("a frame is collapsed and shown again, by button and by key; it stays so for whoever did it", async () => {
  const { page, node } = studio;
  await open();
  const graph = await stored();
  await page.getByRole("button", { name: "Collapse Parallel" }).click();
  await expect.poll(() => node("left").count()).toBe(0);
  await expect.poll(() => node("fan").textContent()).toContain("2 steps");
  await expect.poll(() => page.locator(".wire").count()).toBe(3);
  await page.reload();
  await node("fan").waitFor();
  await expect.poll(() => node("left").count()).toBe(0);
  // how much one wants to see is no part of the drawing
  expect(await stored()).toEqual(graph);

  await node("fan").click();
  await node("fan").press("c");
  await node("left").waitFor();
  await node("left").click();
  await node("left").press("c");
  await expect.poll(() => node("left").count()).toBe(0);
  await expect.poll(() => page.locator(".react-flow__node.selected").getAttribute("data-id")).toBe("fan");
});

test("a frame is never made smaller than what it holds", async () => {
  const { page, node } = studio;
  await open();
  await node("fan").click({ position: { x: 150, y: 16 } });
  const corner = (await page.locator(".resize-corner").boundingBox())!;
  await page.mouse.move(corner.x + 8, corner.y + 8);
  await page.mouse.down();
  await page.mouse.move(corner.x - 900, corner.y - 900, { steps: 10 });
  await page.mouse.up();
  await expect.poll(async () => (await stored()).nodes.find(({ id }) => id === "fan")?.width).toBeLessThan(640);
  const [fan, right] = [await boxOf("fan"), await boxOf("right")];
  expect(right.x + right.width).toBeLessThan(fan.x + fan.width);
  expect(right.y + right.height).toBeLessThan(fan.y + fan.height);
});
