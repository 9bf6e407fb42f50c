import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { expect, test } from "vitest";
import { smallGraph } from "../testing/graphs.ts";
import { handClock } from "../testing/hand-clock.ts";
import { tryRuns } from "../testing/try-runs.ts";

const start = { id: "start", type: "start" };
const stop = { id: "stop", type: "end", data: { output: "{{ slow.code }}" } };
const ask = { id: "ask", type: "approval", data: { title: "?" }, parentId: "slow" };
const frame = (type: string, data: object) => ({ id: "slow", type, data: { ...data, timeout: "5m" } });
const isWaiting = ({ type }: RunEvent) => type === "run.waiting";

/** Everything of a run whose people never answer and whose clock goes on by six minutes. */
async function sixMinutesOf(graph: Parameters<typeof smallGraph>[0]): Promise<RunEvent[]> {
  const clock = handClock();
  const trial = tryRuns({ clock });
  const run = await trial.start(smallGraph(graph));
  await trial.until(run, isWaiting);
  clock.moveBy(6 * 60_000);
  return await trial.until(run, endsRun);
}

test.each([
  ["lanes", frame("parallel", { mode: "lanes" })],
  ["a for-each", frame("parallel", { mode: "forEach", items: "[1, 2]", join: "settled" })],
  ["a loop", frame("loop", { until: "true", maxIterations: 3 })],
])("%s whose time is up calls off what works inside, and fails", async (_name, slow) => {
  const events = await sixMinutesOf({
    nodes: [start, slow, ask, stop],
    edges: ["start -> slow", "slow:error -> stop"],
  });
  expect(events.at(-1)).toMatchObject({ type: "run.completed", output: "timeout" });
  const ends = events.filter((event) => event.type === "node.cancelled" || event.type === "node.failed");
  expect(ends.at(-1)).toMatchObject({ type: "node.failed", node: "slow", error: { code: "timeout" } });
  expect(ends.slice(0, -1).every((event) => event.type === "node.cancelled" && event.node === "ask")).toBe(true);
});

test("an approval whose time is up fails, and is asked no longer", async () => {
  const events = await sixMinutesOf({
    nodes: [start, { id: "ask", type: "approval", data: { title: "?", timeout: "5m" } }],
    edges: ["start -> ask"],
  });
  expect(events.at(-1)).toMatchObject({ type: "run.failed", error: { code: "timeout", node: "ask" } });
});
