import type { RunEvent } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectedOf } from "../models/oracle.ts";
import type { TestEngine } from "../support/engine.ts";
import { corporaFolder, type WireApi } from "../support/model-server/index.ts";
import { type Shown, showMoments } from "../support/moments.ts";
import { hasRecordings, type Players, recordings, refusals, startPlayers } from "../support/played-recordings.ts";
import { closeBrowser, openStudio, type Studio } from "../support/studio.ts";
import { keptIn, saidIn, shownOf, type ToldRun } from "../support/told.ts";

/** A page on which one run after another is looked at; `free` settles when the one before has been. */
interface Desk {
  studio: Studio;
  free: Promise<unknown>;
}

let players: Players;
const desks = new Map<TestEngine, Desk>();

beforeAll(async () => {
  if (!hasRecordings) return;
  players = await startPlayers();
  for (const engine of players.engines) {
    const studio = await openStudio(engine.welcomeUrl(), { width: 1200, height: 700 });
    await studio.node("triage").waitFor();
    desks.set(engine, { studio, free: Promise.resolve() });
  }
});
afterAll(async () => {
  await closeBrowser();
  await players?.stop();
});

const played = recordings.map((recording) => {
  const expected = expectedOf(recording);
  return { ...recording, expected, wanted: "error" in expected ? [] : expected.calls.map(({ name }) => name) };
});

/** Of each API one whose agent calls a tool: these are looked at event by event. */
const eventByEvent = new Set(
  ["anthropic", "openai-chat", "openai-responses"].map((api) =>
    played.findIndex((one) => one.api === api && one.wanted.length > 0),
  ),
);

/** Before and after its agent, one run is like another: of those only the first moment and the last are looked at. */
function isTelling(event: RunEvent): boolean {
  if (event.type === "run.completed" || event.type === "run.failed") return true;
  return "node" in event && event.node !== "start" && event.node !== "stop";
}

/** What is played to the agent, what it may call, and whether every moment is looked at. */
interface Playing {
  api: WireApi;
  input: string;
  wanted?: readonly string[];
  every?: boolean;
}

/**
 * Has an agent answered with what the input names, opens the run's page, and holds moments of it there against the
 * engine's own fold of the log. `atEnd` looks on, at the last of them.
 */
async function replay(
  { api, input, wanted = [], every = false }: Playing,
  atEnd: (studio: Studio, shown: Shown[]) => Promise<void>,
): Promise<void> {
  const engine = players.engineFor(api);
  const run = await players.start(api, input, wanted);
  const log = await engine.follow(run);
  const moments = [0, ...log.filter((event) => every || isTelling(event)).map(({ seq }) => seq)];
  const kept = await keptIn(engine, log);
  const { body: graph } = await engine.call<Graph>("GET", `runs/${run}/graph`);
  const told = await Promise.all(
    moments.map(async (seq) => {
      const { body } = await engine.call<ToldRun>("GET", `runs/${run}/state?at=${seq}`);
      return shownOf(body, graph, "agent", kept);
    }),
  );

  await atDesk(engine, async (studio) => {
    await open(studio, run, log.length);
    const shown = await showMoments(studio.page, moments);
    expect(shown).toEqual(told);
    await atEnd(studio, shown);
    expect(studio.complaints).toEqual([]);
  });
}

/** While one run is looked at, the next ones can run. */
async function atDesk(engine: TestEngine, work: (studio: Studio) => Promise<void>): Promise<void> {
  const desk = desks.get(engine);
  if (!desk) throw new Error("No page is open at this engine.");
  const turn = desk.free.then(() => work(desk.studio));
  desk.free = turn.catch(() => undefined);
  await turn;
}

/** Goes to the run as the browser's own buttons go, without loading the page anew, and opens the trace of its agent. */
async function open({ page, node }: Studio, run: string, length: number): Promise<void> {
  await page.evaluate((address) => {
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  }, `/runs/${run}`);
  await page.locator(".run-id", { hasText: run }).waitFor();
  await page.locator(".replay-place", { hasText: `${length}/${length}` }).waitFor();
  await node("agent").dispatchEvent("click");
  await page.getByRole("tab", { name: "Trace" }).dispatchEvent("click");
  await page.locator(".trace").waitFor();
}

/** Has the whole output shown where it is so large that only its beginning was. */
async function wholeIsLoaded({ page }: Studio): Promise<boolean> {
  const output = page.locator(".run-output");
  const load = output.getByRole("button", { name: /^Load all/ });
  if ((await load.count()) === 0) return false;
  await load.click();
  await output.getByRole("button", { name: /^Show all/ }).click();
  return true;
}

/** What the card of the agent says when all is over. */
const newsOf = ({ node }: Studio) => node("agent").locator(".card-news").textContent();
const oneLine = (text: string) => text.trim().slice(0, 300).replaceAll(/\s+/g, " ");

describe.runIf(hasRecordings)("on the page of its run", () => {
  test.concurrent.each(played)("$api $name replays as it ran", async ({ api, index, expected, wanted }) => {
    const every = eventByEvent.has(index);
    await replay({ api, input: `play ${index}`, wanted, every }, async (studio, shown) => {
      const { outcome = [], calls = [] } = shown.at(-1) ?? {};
      if ("error" in expected) {
        expect(outcome).toEqual([
          expect.stringMatching(/^model_\w+ at agent$/),
          expect.stringContaining(expected.error),
          "Input",
          `play ${index}`,
        ]);
        expect(await newsOf(studio)).toBe(oneLine(outcome[1] ?? ""));
        return;
      }
      if (expected.refusal !== undefined) {
        expect(outcome[0]).toBe("model_refused at agent");
        return;
      }
      expect(calls[0]?.asks).toEqual(wanted);
      const text = wanted.length > 0 ? "done" : expected.text;
      if (await wholeIsLoaded(studio)) {
        expect(await studio.page.locator(".run-output .json-leaf").textContent()).toBe(text);
        return;
      }
      expect(calls[0]?.said).toEqual(saidIn(expected.text));
      expect(outcome[1]).toBe(text);
      expect(await newsOf(studio)).toBe(oneLine(text));
    });
  });

  test.concurrent.each(refusals)(
    "$api refusing with $status, as in $name, replays as it ran",
    async ({ api, body, index }) => {
      const { error } = JSON.parse(body) as { error: { message: string } };
      await replay({ api, input: `error ${index}` }, async (studio, shown) => {
        const { outcome = [] } = shown.at(-1) ?? {};
        expect(outcome[1]).toContain(error.message);
        expect(await newsOf(studio)).toBe(oneLine(outcome[1] ?? ""));
      });
    },
  );
});

test.skipIf(hasRecordings)(
  `SKIPPED: recordings of real servers, for there are no corpora at ${corporaFolder()}`,
  () => {},
);
