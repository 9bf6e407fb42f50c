import type { Workflow } from "@signalbox/shared/api";
import type { Graph } from "@signalbox/shared/graph";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";

const edge = (source: string, target: string, sourceHandle = "out") => ({
  id: `${source}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle: "in",
});
const drawn = {
  format: "signalbox.graph/1",
  name: "Revise",
  nodes: [
    { id: "start", type: "start", data: {}, position: { x: 0, y: 0 } },
    {
      id: "write",
      type: "set",
      data: { label: "Write", values: { n: "{{ iteration }}" } },
      position: { x: 320, y: 0 },
    },
    {
      id: "judge",
      type: "branch",
      data: { label: "Judge", cases: [{ id: "again", label: "Again", when: "write.n < 3" }] },
      position: { x: 640, y: 0 },
    },
    { id: "stop", type: "end", data: {}, position: { x: 960, y: 32 } },
  ],
  edges: [edge("start", "write"), edge("write", "judge"), edge("judge", "stop", "else")],
};

let engine: TestEngine;
let studio: Studio;
let workflow = "";

beforeAll(async () => {
  engine = await startEngine("embedded");
  studio = await openStudio(engine.welcomeUrl());
  await studio.node("triage").waitFor();
  workflow = (await engine.call<Workflow>("POST", "workflows", { name: "Revise", graph: drawn })).body.id;
  await studio.page.goto(`${engine.address}/workflows/${workflow}`);
  await studio.node("judge").waitFor();
});
afterEach(() => expect(studio.complaints).toEqual([]));
afterAll(async () => {
  await studio.close();
  await closeBrowser();
  await engine.stop(0);
});

const stored = async () => (await engine.call<Workflow>("GET", `workflows/${workflow}`)).body.graph;
const backEdge = (graph: Graph) => graph.edges.find(({ source, target }) => source === "judge" && target === "write");
const inspector = () => studio.page.getByRole("complementary", { name: "Inspector" });
const badge = () => studio.page.locator(".wire-around text");

/** The middle of a handle on the screen. */
async function handle(node: string, id: string): Promise<{ x: number; y: number }> {
  const selector = `.react-flow__node[data-id="${node}"] .react-flow__handle[data-handleid="${id}"]`;
  const box = (await studio.page.locator(selector).boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("an edge is drawn back to an earlier step, goes around what lies between, and says how often it may", async () => {
  const { page, node } = studio;
  const [from, to] = [await handle("judge", "again"), await handle("write", "in")];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
  await expect.poll(async () => backEdge(await stored())?.sourceHandle).toBe("again");
  await expect.poll(() => badge().textContent()).toBe("≤ 25");
  // it lies on no step
  const [line, write, judge] = [
    await badge().boundingBox(),
    await node("write").boundingBox(),
    await node("judge").boundingBox(),
  ];
  const top = Math.min(write!.y, judge!.y);
  const bottom = Math.max(write!.y + write!.height, judge!.y + judge!.height);
  expect(line!.y + line!.height < top || line!.y > bottom).toBe(true);

  // a press on it shows its form
  await page.mouse.click(line!.x - 40, line!.y + line!.height / 2);
  await inspector().getByRole("heading", { name: "Edge back" }).waitFor();
  await inspector().getByLabel("Most passes").fill("7");
  await expect.poll(async () => backEdge(await stored())?.data).toEqual({ maxIterations: 7 });
  await expect.poll(() => badge().textContent()).toBe("≤ 7");
});

test("the same is done with the keyboard alone", async () => {
  const { page, node } = studio;
  await page.keyboard.press("Escape");
  await node("judge").click();
  await inspector().getByRole("button", { name: "back to Write" }).press("Enter");
  await inspector().getByRole("button", { name: "Delete edge" }).press("Enter");
  await expect.poll(async () => backEdge(await stored())).toBeUndefined();
  await node("judge").click();
  const connect = inspector().getByRole("combobox", { name: "Connect Again to" });
  await connect.focus();
  await connect.selectOption("write");
  await expect.poll(async () => backEdge(await stored())?.sourceHandle).toBe("again");
  await expect.poll(() => badge().textContent()).toBe("≤ 25");
});

test("in a run it counts how often it was taken", async () => {
  const { page } = studio;
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(() => studio.stateOf("stop")).toBe("succeeded");
  await expect.poll(() => badge().textContent()).toBe("×2");
  const passes = page.getByRole("group", { name: "Pass of the loop at Write" });
  await expect.poll(() => passes.locator("output").textContent()).toBe("pass 3 of 3");
  // in the last pass it was not taken
  await passes.getByRole("button", { name: "The pass before" }).click();
  await expect.poll(() => badge().textContent()).toBe("×1");
});

test("tidy lays a loop out in the order in which it runs", async () => {
  const { page } = studio;
  await page.getByRole("button", { name: "Tidy" }).click();
  await expect
    .poll(async () => {
      const x = new Map((await stored()).nodes.map(({ id, position }) => [id, position.x]));
      return [...x].sort(([, a], [, b]) => a - b).map(([id]) => id);
    })
    .toEqual(["start", "write", "judge", "stop"]);
});
