import type { RunSummary, Workflow } from "@signalbox/shared/api";
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
const pricing = {
  format: "signalbox.graph/1",
  name: "Pricing",
  input: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
  nodes: [
    { id: "start", type: "start", data: {}, position: { x: 0, y: 0 } },
    { id: "twice", type: "set", data: { values: { n: "{{ input.n * 2 }}" } }, position: { x: 320, y: 0 } },
    { id: "stop", type: "end", data: { output: "{{ twice.n }}" }, position: { x: 640, y: 0 } },
  ],
  edges: [edge("start", "twice"), edge("twice", "stop")],
};
const order = {
  format: "signalbox.graph/1",
  name: "Order",
  nodes: [
    { id: "start", type: "start", data: {}, position: { x: 0, y: 0 } },
    { id: "price", type: "subflow", data: {}, position: { x: 320, y: 0 } },
    {
      id: "pause",
      type: "wait",
      data: { signal: { name: "paid", correlation: "order 1" }, timeout: "2h" },
      position: { x: 640, y: 0 },
    },
    {
      id: "which",
      type: "branch",
      data: { cases: [{ id: "large", label: "Large", when: "true" }] },
      position: { x: 960, y: 0 },
    },
    { id: "stop", type: "end", data: { output: "{{ price }}" }, position: { x: 1280, y: 0 } },
  ],
  edges: [edge("start", "price"), edge("price", "pause"), edge("pause", "which"), edge("which", "stop", "large")],
};

let engine: TestEngine;
let studio: Studio;
let child: Workflow;
let parent: Workflow;

beforeAll(async () => {
  engine = await startEngine("embedded");
  child = (await engine.call<Workflow>("POST", "workflows", { name: "Pricing", graph: pricing })).body;
  await engine.call("POST", `workflows/${child.id}/publish`, { note: "First" });
  parent = (await engine.call<Workflow>("POST", "workflows", { name: "Order", graph: order })).body;
  studio = await openStudio(engine.welcomeUrl());
  await studio.page.locator(".react-flow__node").first().waitFor();
  await openOrder();
});
afterEach(() => expect(studio.complaints).toEqual([]));
afterAll(async () => {
  await studio.close();
  await closeBrowser();
  await engine.stop(0);
});

async function openOrder(): Promise<void> {
  await studio.page.goto(`${engine.address}/workflows/${parent.id}`);
  await studio.node("price").waitFor();
}

const dataOf = async (id: string) =>
  (await engine.call<Workflow>("GET", `workflows/${parent.id}`)).body.graph.nodes.find((node) => node.id === id)?.data;
const inspector = () => studio.page.getByRole("complementary", { name: "Inspector" });

test("a subflow is chosen by name, takes what the other workflow takes, and shows it on its card", async () => {
  const { page, node } = studio;
  await node("price").click();
  await inspector().getByRole("combobox", { name: "Workflow" }).fill("Pric");
  await page.getByRole("option", { name: /Pricing/ }).click();
  await inspector().getByRole("button", { name: "Add its input" }).click();
  await expect.poll(() => dataOf("price")).toEqual({ workflow: child.key, input: { n: "" } });
  await inspector().getByLabel("n", { exact: true }).click();
  await page.keyboard.insertText("{{ 21 }}");
  await inspector().getByLabel("Version").selectOption({ label: "1: First" });
  await expect.poll(() => dataOf("price")).toEqual({ workflow: child.key, input: { n: "{{ 21 }}" }, version: 1 });
  await expect.poll(() => node("price").textContent()).toContain("Pricing");
  await expect.poll(() => node("price").textContent()).toContain("version 1");
});

test("it is opened with Enter and with a double press", async () => {
  const { page, node } = studio;
  await node("price").click();
  await node("price").press("Enter");
  await page.waitForURL(`**/workflows/${child.id}`);
  await node("twice").waitFor();
  await page.goBack();
  await node("price").dblclick();
  await page.waitForURL(`**/workflows/${child.id}`);
  await page.goBack();
  await node("price").waitFor();
});

test("a wait says what it waits for", async () => {
  const { node } = studio;
  await expect.poll(() => node("pause").textContent()).toContain("For the signal paid, order 1, 2h at most");
  await node("pause").click();
  for (const label of ["For", "Until", "Name", "Correlation", "Give up after"]) {
    await inspector().getByLabel(label, { exact: true }).waitFor();
  }
  await inspector().getByRole("switch", { name: "Only while it waits" }).waitFor();
});

test("a branch is decided by expressions, or by a model that reads what each case is", async () => {
  const { node } = studio;
  await node("which").click();
  expect(await inspector().getByLabel("Prompt").count()).toBe(0);
  await inspector().getByLabel("Decided by").selectOption({ label: "A model that reads the cases" });
  await inspector().getByRole("combobox", { name: "Model" }).fill("simulated");
  await inspector().getByLabel("When Large fits").fill("More than ten pieces");
  await inspector().getByLabel("Takes").selectOption({ label: "Every case that fits" });
  await expect
    .poll(() => dataOf("which"))
    .toMatchObject({ decide: "model", mode: "all", cases: [{ id: "large", description: "More than ten pieces" }] });
  await inspector().getByLabel("Decided by").selectOption({ label: "An expression for each case" });
  await inspector().getByLabel("Takes").selectOption({ label: "One case: the first that fits" });
  await expect.poll(() => dataOf("which")).not.toHaveProperty("decide");
});

test("in a run it leads to the run it has made, and from there back", async () => {
  const { page, node } = studio;
  const { run } = (await engine.call<{ run: RunSummary }>("POST", `workflows/${parent.id}/runs`, { version: "draft" }))
    .body;
  await page.goto(`${engine.address}/runs/${run.id}`);
  await expect.poll(() => studio.stateOf("price")).toBe("succeeded");
  await expect.poll(() => node("pause").textContent()).toContain("Waiting for the signal paid");
  await node("price").dblclick();
  await node("twice").waitFor();
  expect(page.url()).not.toContain(run.id);
  const above = page.getByRole("navigation", { name: "Runs above" });
  await above.getByRole("link", { name: "Run of Order" }).click();
  await page.waitForURL(`**/runs/${run.id}`);

  // the same without a pointer
  await node("price").click();
  await node("price").press("Enter");
  await node("twice").waitFor();
  await page.goBack();
  await node("price").click();
  await inspector().getByRole("tab", { name: "Output" }).click();
  await inspector().getByRole("link", { name: "Run of" }).press("Enter");
  await node("twice").waitFor();
});
