import type { Workflow } from "@signalbox/shared/api";
import type { Graph } from "@signalbox/shared/graph";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";

const at = (x: number) => ({ position: { x, y: 0 } });
const child = {
  format: "signalbox.graph/1",
  name: "Send mail",
  input: { type: "object", properties: { to: { type: "string" } }, required: ["to"] },
  nodes: [{ id: "start", type: "start", data: {}, ...at(0) }],
  edges: [],
};
const urgency = { type: "object", properties: { urgency: { enum: ["low", "high"] } }, required: ["urgency"] };
const drawn = {
  format: "signalbox.graph/1",
  name: "Fixes",
  nodes: [
    { id: "start", type: "start", data: {}, ...at(0) },
    { id: "triage", type: "agent", data: { model: "simulated", prompt: "Go.", output: urgency }, ...at(320) },
    {
      id: "which",
      type: "branch",
      data: { cases: [{ id: "urgent", when: "triage.urgency == 'hgih'" }] },
      ...at(640),
    },
    { id: "mail", type: "subflow", data: { workflow: "send-mial" }, ...at(960) },
  ],
  edges: [
    { id: "a", source: "start", target: "triage" },
    { id: "b", source: "triage", target: "which" },
    { id: "c", source: "which", sourceHandle: "urgnet", target: "mail" },
  ],
};

let engine: TestEngine;
let studio: Studio;
let workflow = "";

beforeAll(async () => {
  engine = await startEngine("embedded");
  studio = await openStudio(engine.welcomeUrl());
  await studio.node("triage").waitFor();
  await engine.call("POST", "workflows", { name: "Send mail", graph: child });
  workflow = (await engine.call<Workflow>("POST", "workflows", { name: "Fixes", graph: drawn })).body.id;
  await studio.page.goto(`${engine.address}/workflows/${workflow}`);
  await studio.node("which").waitFor();
});
afterEach(() => expect(studio.complaints).toEqual([]));
afterAll(async () => {
  await studio.close();
  await closeBrowser();
  await engine.stop(0);
});

const stored = async (): Promise<Graph> => (await engine.call<Workflow>("GET", `workflows/${workflow}`)).body.graph;
const dataOf = async (id: string) => (await stored()).nodes.find((node) => node.id === id)?.data;

test("in the list of problems a click mends one, and one undo takes that back", async () => {
  const { page } = studio;
  await page.getByRole("tab", { name: /Problems/ }).click();
  const problems = page.getByRole("tabpanel", { name: /Problems/ });
  await problems.getByRole("button", { name: 'Leave by "urgent"' }).click();
  await expect.poll(async () => (await stored()).edges.map(({ sourceHandle }) => sourceHandle)).toContain("urgent");
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(async () => (await stored()).edges.map(({ sourceHandle }) => sourceHandle)).toContain("urgnet");
  await problems.getByRole("button", { name: 'Leave by "urgent"' }).click();

  // another workflow that was meant, and then what that one takes
  await problems.getByRole("button", { name: "Use send-mail" }).click();
  await expect.poll(() => dataOf("mail")).toEqual({ workflow: "send-mail" });
  await problems.getByText(/"to" is needed/).waitFor();
});

test("under the field that is wrong the same button stands", async () => {
  const { page, node } = studio;
  await node("which").click();
  const problem = page.locator(".field-problem", { hasText: "can never be true" });
  await problem.getByText(/it is "low" or "high"\. Did you mean "high"\?/).waitFor();
  await problem.getByRole("button", { name: "Change to 'high'" }).click();
  await expect.poll(() => dataOf("which")).toMatchObject({ cases: [{ when: "triage.urgency == 'high'" }] });
  await expect.poll(() => problem.count()).toBe(0);
});
