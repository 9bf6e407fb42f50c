import type { Approval, Workflow } from "@signalbox/shared/api";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { asking, drawing, edge, node } from "../support/drawing.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";

let engine: TestEngine;
let studio: Studio;

beforeAll(async () => {
  engine = await startEngine("embedded");
  studio = await openStudio(engine.welcomeUrl());
  await studio.page.locator(".react-flow__node").first().waitFor();
});
afterEach(() => expect(studio.complaints).toEqual([]));
afterAll(async () => {
  await studio.close();
  await closeBrowser();
  await engine.stop(0);
});

const decided = async (run: string) =>
  (await engine.call<{ items: Approval[] }>("GET", `approvals?run=${run}`)).body.items.map(({ status }) => status);

test("the inbox is worked off with the keyboard, card after card", async () => {
  const { page } = studio;
  const runs: string[] = [];
  for (const name of ["first", "second", "third"]) {
    const run = await engine.run(asking, name);
    await engine.follow(run, ({ type }) => type === "run.waiting");
    runs.push(run);
  }
  const [first = "", second = "", third = ""] = runs;
  await page.getByRole("link", { name: /Inbox/ }).click();
  // the newest stands first
  await expect.poll(() => page.getByRole("article").count()).toBe(3);
  await expect.poll(() => page.getByText("from card to card").count()).toBe(1);

  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => focused()).toBe("Approval: Ship second?");
  await page.keyboard.press("a");
  await expect.poll(() => decided(second)).toEqual(["approved"]);

  // what comes after it is in its place
  await expect.poll(() => focused()).toBe("Approval: Ship first?");
  await page.keyboard.press("k");
  await expect.poll(() => focused()).toBe("Approval: Ship third?");
  await page.keyboard.press("r");
  await expect.poll(() => decided(third)).toEqual(["rejected"]);

  // an "a" in a comment is a letter; the last card is alone when the list has heard of the others
  await expect.poll(() => page.getByRole("article").count()).toBe(1);
  await page.getByLabel("Comment").fill("");
  await page.getByLabel("Comment").pressSequentially("a bar");
  expect(await decided(first)).toEqual(["pending"]);
  await page.getByRole("button", { name: "Approve" }).click();
  await expect.poll(() => decided(first)).toEqual(["approved"]);
});

test("who is asked is written in the inspector and said on the card", async () => {
  const { page } = studio;
  const graph = drawing([node("start", "start"), node("ask", "approval", { title: "Pay?" })], [edge("start", "ask")]);
  const made = (await engine.call<Workflow>("POST", "workflows", { name: "Payment", graph })).body;
  await page.goto(new URL(`/workflows/${made.id}`, page.url()).href);
  await studio.node("ask").click();
  await page.getByRole("button", { name: "Add someone" }).click();
  await page.getByLabel("Role or person").selectOption("Person");
  await page.getByLabel("Name of the person").fill("Ada");
  await page.getByLabel("How many must agree").fill("2");
  await page.getByRole("switch", { name: "Not who started it" }).click();
  const stored = async () =>
    (await engine.call<Workflow>("GET", `workflows/${made.id}`)).body.graph.nodes.find(({ id }) => id === "ask")?.data;
  await expect.poll(stored).toEqual({ title: "Pay?", assignees: [{ user: "Ada" }], quorum: 2, fourEyes: true });

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(() => studio.stateOf("ask")).toBe("waiting");
  await page.getByRole("link", { name: /Inbox/ }).click();
  const terms = page.getByRole("article", { name: "Approval: Pay?" }).getByRole("listitem");
  await expect
    .poll(() => terms.allTextContents())
    .toEqual(["Asked of Ada", "Not Owner, who started the run", "0 of 2 have approved"]);
});

const focused = () => studio.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
