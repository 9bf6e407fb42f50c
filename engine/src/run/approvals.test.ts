import { type EventOf, endsRun, type RunEvent } from "@signalbox/shared/events";
import { planGraph } from "@signalbox/shared/graph";
import { newRun, reduceRun } from "@signalbox/shared/run";
import { expect, test } from "vitest";
import { smallGraph } from "../testing/graphs.ts";
import { handClock } from "../testing/hand-clock.ts";
import { tryRuns } from "../testing/try-runs.ts";

const minute = 60_000;
const asking = (data: object) =>
  smallGraph({
    nodes: [
      { id: "start", type: "start" },
      { id: "ask", type: "approval", data: { title: "?", ...data } },
      { id: "yes", type: "end", data: { output: "yes" } },
      { id: "late", type: "end", data: { output: "late" } },
    ],
    edges: ["start -> ask", "ask:approved -> yes", "ask:expired -> late"],
  });
const isOf = (type: RunEvent["type"]) => (event: RunEvent) => event.type === type;
const asked = { assignees: [{ user: "Ada" }], dueIn: "10m" };
const escalateTo = { role: "approver" };

/** A run that has asked, and a clock to move. */
async function trialOf(data: object) {
  const clock = handClock();
  const trial = tryRuns({ clock });
  const graph = asking(data);
  const run = await trial.start(graph);
  const events = await trial.until(run, isOf("run.waiting"));
  const request = events.find((event): event is EventOf<"approval.requested"> => event.type === "approval.requested");
  const approve = async () => {
    const vote = { kind: "vote", approval: request?.approval ?? "", by: "ada", decision: "approve" } as const;
    await trial.store.addToInbox(run, { ...vote, decided: "approved" });
    trial.runs.wake(run);
  };
  const folded = async () => {
    const state = newRun(planGraph(graph));
    for (const event of await trial.events(run)) reduceRun(state, event);
    return [...state.approvals.values()];
  };
  return {
    clock,
    request,
    approve,
    folded,
    until: (type: RunEvent["type"]) => trial.until(run, isOf(type)),
    end: () => trial.until(run, endsRun),
  };
}

const approvalsIn = (events: readonly RunEvent[]) =>
  events.map(({ type }) => type).filter((type) => type.startsWith("approval."));

test("an approval says whom it asks, and who may not answer", async () => {
  const { request } = await trialOf({ ...asked, fourEyes: true });
  expect(request).toMatchObject({ assignees: [{ user: "Ada" }], notBy: "tester" });
  const open = await trialOf({ assignees: [] });
  expect(open.request).not.toHaveProperty("assignees");
  expect(open.request).not.toHaveProperty("notBy");
});

test("people are reminded once, and may answer after it", async () => {
  const { clock, until, approve, folded, end } = await trialOf({ remindIn: "5m" });
  clock.moveBy(5 * minute);
  await until("approval.reminded");
  expect(await folded()).toMatchObject([{ status: "pending", remindedAt: "2026-01-01T00:05:00.000Z" }]);
  clock.moveBy(60 * minute);
  await approve();
  expect(approvalsIn(await end())).toEqual([
    "approval.requested",
    "approval.reminded",
    "approval.voted",
    "approval.decided",
  ]);
});

test("who has answered is not reminded", async () => {
  const { clock, approve, end } = await trialOf({ remindIn: "5m", dueIn: "10m" });
  await approve();
  await end();
  clock.moveBy(60 * minute);
  expect(approvalsIn(await end())).toEqual(["approval.requested", "approval.voted", "approval.decided"]);
});

test("what is due and goes to nobody else expires", async () => {
  const { clock, end } = await trialOf({ ...asked, remindIn: "10m" });
  clock.moveBy(10 * minute);
  const events = await end();
  expect(approvalsIn(events)).toEqual(["approval.requested", "approval.expired"]);
  expect(events.at(-1)).toMatchObject({ output: "late" });
});

test("what is due goes to others, who have as long again, and then expires", async () => {
  const { clock, until, folded, end } = await trialOf({ ...asked, escalateTo });
  clock.moveBy(10 * minute);
  const now = { assignees: [escalateTo], dueAt: "2026-01-01T00:20:00.000Z" };
  expect((await until("approval.escalated")).find(isOf("approval.escalated"))).toMatchObject(now);
  expect(await folded()).toMatchObject([{ status: "pending", escalatedAt: "2026-01-01T00:10:00.000Z", ...now }]);
  clock.moveBy(10 * minute);
  const events = await end();
  expect(approvalsIn(events)).toEqual(["approval.requested", "approval.escalated", "approval.expired"]);
  expect(events.at(-1)).toMatchObject({ output: "late" });
});

test("those to whom it went decide", async () => {
  const { clock, until, approve, end } = await trialOf({ ...asked, escalateTo, remindIn: "10m" });
  clock.moveBy(10 * minute);
  await until("approval.reminded");
  await approve();
  const events = await end();
  expect(approvalsIn(events)).toEqual([
    "approval.requested",
    "approval.escalated",
    "approval.reminded",
    "approval.voted",
    "approval.decided",
  ]);
  expect(events.at(-1)).toMatchObject({ output: "yes" });
});
