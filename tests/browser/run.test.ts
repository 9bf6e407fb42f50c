import type { RunEvent } from "@signalbox/shared/events";
import type { Activation } from "@signalbox/shared/run";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";
import { statesOverTime, watchStates } from "../support/watched-states.ts";

const flowNodes = ["start", "triage", "urgent", "research", "policy", "orders", "draft", "review", "send", "sent"];

describe.each(databaseKinds)("a run on the canvas, engine on %s", (kind) => {
  let engine: TestEngine;
  let studio: Studio;

  beforeAll(async () => {
    engine = await startEngine(kind);
    studio = await openStudio(engine.welcomeUrl());
  });
  afterEach(() => expect(studio.complaints).toEqual([]));
  afterAll(async () => {
    await studio.close();
    await closeBrowser();
    await engine.stop(0);
  });

  test("is started with an input, watched, approved in place, and completes", async () => {
    const { page, node } = studio;
    await node("triage").waitFor();
    await watchStates(page);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("form", { name: "Input of the run" }).getByLabel("Customer").fill("Grace Hopper");
    await page.getByRole("button", { name: "Start run" }).click();

    // the approval asks on the canvas, and says so in the inbox
    await expect.poll(() => studio.stateOf("review"), { timeout: 20_000 }).toBe("waiting");
    await expect.poll(() => page.getByRole("link", { name: "Inbox, 1 waiting" }).count()).toBe(1);
    await expect.poll(() => studio.stateOf("triage")).toBe("succeeded");
    expect(await studio.stateOf("quick")).toBe("skipped");
    await page.getByRole("region", { name: "Run", exact: true }).getByRole("button", { name: "Approve" }).click();

    await expect.poll(() => studio.stateOf("sent")).toBe("succeeded");
    await expect.poll(() => page.locator(".dock .status-chip").textContent()).toBe("Completed");
    // the model is a simulated one, and says so
    await expect.poll(() => page.locator(".run-output").textContent()).toContain("(simulated)");
  });

  test("is found in the list of runs and played back as it was seen live", async () => {
    const { page, node } = studio;
    const live = await statesOverTime(page);
    await page.getByRole("link", { name: "Runs" }).click();
    await page.getByRole("link", { name: "Support triage" }).click();
    await page.waitForURL(/\/runs\/run_/);
    const run = page.url().split("/").at(-1) ?? "";
    const slider = page.getByRole("slider", { name: "Replay" });
    const { items } = (await engine.call<{ items: RunEvent[] }>("GET", `runs/${run}/events?limit=500`)).body;
    await expect.poll(() => slider.getAttribute("max")).toBe(String(items.length));

    // step by step from the beginning: every moment is the engine's own fold of that many events
    await watchStates(page);
    for (let seq = 0; seq <= items.length; seq += 1) {
      await slider.fill(String(seq));
      const { activations } = (await engine.call<{ activations: Activation[] }>("GET", `runs/${run}/state?at=${seq}`))
        .body;
      const told = new Map<string, string>();
      for (const { node: id, status } of activations) told.set(id, status);
      for (const id of flowNodes) {
        await expect
          .poll(() => studio.stateOf(id), { timeout: 5000, message: `${id} at ${seq}` })
          .toBe(told.get(id) ?? "idle");
      }
    }
    const replayed = await statesOverTime(page);
    for (const id of flowNodes) {
      // `streaming` is a running node whose model speaks just now, which no log holds
      const spoken = (live.get(id) ?? []).map((state) => (state === "streaming" ? "running" : state));
      const seen = spoken.filter((state, index) => state !== spoken[index - 1]);
      // two events within one frame of the screen are one picture live, and two when stepped through
      expect(isSubsequence(seen, replayed.get(id) ?? []), `${id}: ${seen} in ${replayed.get(id)}`).toBe(true);
      expect(seen.at(-1)).toBe(replayed.get(id)?.at(-1));
    }

    // play from the start: it arrives at the end by itself
    await slider.fill("0");
    await expect.poll(() => studio.stateOf("triage")).toBe("idle");
    await page.getByLabel("Speed").selectOption("8");
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await expect.poll(() => studio.stateOf("sent"), { timeout: 30_000 }).toBe("succeeded");
    await expect.poll(() => slider.inputValue()).toBe(String(items.length));

    // a moment has an address
    await slider.fill("9");
    await page.waitForURL(/at=9/);
    await page.reload();
    await node("triage").waitFor();
    await expect.poll(() => slider.inputValue()).toBe("9");
  });

  test("shows what the model said on its node, and is called off by Stop", async () => {
    const { page, node } = studio;
    await page.getByRole("link", { name: "Open the workflow" }).click();
    await node("draft").waitFor();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("button", { name: "Start run" }).click();
    await expect.poll(() => node("draft").textContent()).toContain("(simulated)");
    await page.getByRole("button", { name: "Stop" }).click();
    await expect.poll(() => page.locator(".dock .status-chip").textContent()).toBe("Cancelled");
    expect(await studio.stateOf("review")).toBe("cancelled");
  });
});

function isSubsequence(short: readonly string[], long: readonly string[]): boolean {
  let at = 0;
  for (const one of long) if (one === short[at]) at += 1;
  return at === short.length;
}
