import { endsRun, type RunEvent } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import { expect, test } from "vitest";
import type { RunStore } from "../store/store.ts";
import { smallGraph } from "../testing/graphs.ts";
import { createMemoryStore } from "../testing/memory-store.ts";
import { stepThrough } from "../testing/step-through.ts";
import { type Trial, tryRuns } from "../testing/try-runs.ts";

const start = { id: "start", type: "start" };
const end = (output: string, id = "stop") => ({ id, type: "end", data: { output } });

const calls = (workflow: string, edges: string[] = []): Graph =>
  smallGraph({
    nodes: [
      start,
      { id: "sub", type: "subflow", data: { workflow, input: { n: "{{ input.n }}" } } },
      end("{{ sub }}"),
      end("{{ sub.code }}", "sorry"),
    ],
    edges: ["start -> sub", "sub -> stop", ...edges],
  });
const doubles = smallGraph({
  nodes: [start, end("{{ {'twice': input.n * 2} }}")],
  edges: ["start -> stop"],
});
const asks = smallGraph({
  nodes: [start, { id: "ask", type: "approval", data: { title: "?" } }, end("{{ ask.decision }}")],
  edges: ["start -> ask", "ask:approved -> stop", "ask:rejected -> stop"],
});
const breaks = smallGraph({ nodes: [start, end("{{ input.gone.far }}")], edges: ["start -> stop"] });

const childOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === "subflow.started" ? event.child : [])).at(-1) ?? "";
const has = (type: RunEvent["type"]) => (event: RunEvent) => event.type === type;

async function approve(trial: Trial, run: string): Promise<void> {
  const asked = (await trial.until(run, has("approval.requested"))).find(({ type }) => type === "approval.requested");
  if (asked?.type !== "approval.requested") throw new Error("Nothing was asked.");
  const { approval } = asked;
  await trial.runs.deliver(run, { kind: "vote", approval, decision: "approve", by: "ada", decided: "approved" });
}

test("a subflow runs another workflow, and that run's output is the node's", async () => {
  const trial = tryRuns({ workflows: { doubles } });
  const run = await trial.start(calls("doubles"), { n: 21 });
  const events = await trial.until(run, endsRun);
  expect(events.at(-1)).toMatchObject({ type: "run.completed", output: { twice: 42 } });
  expect((await trial.events(childOf(events)))[0]).toMatchObject({ parent: run, root: run, parentActivation: "sub" });
});

test.each<[string, string[], object]>([
  [
    "goes by the error way where it is wired",
    ["sub:error -> sorry"],
    { type: "run.completed", output: "subflow_failed" },
  ],
  ["fails the parent where it is not", [], { type: "run.failed", error: { code: "subflow_failed", node: "sub" } }],
])("a subflow that fails %s", async (_name, edges, expected) => {
  const trial = tryRuns({ workflows: { breaks } });
  const events = await trial.until(await trial.start(calls("breaks", edges), { n: 1 }), endsRun);
  expect(events.at(-1)).toMatchObject(expected);
});

test("a parent waits while its child waits for a person, and goes on with it", async () => {
  const trial = tryRuns({ workflows: { asks } });
  const run = await trial.start(calls("asks"), { n: 1 });
  const waiting = await trial.until(run, has("run.waiting"));
  await approve(trial, childOf(waiting));
  const events = await trial.until(run, endsRun);
  expect(events.at(-1)).toMatchObject({ output: "approved" });
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(["subflow.waiting", "subflow.ended"]));
});

test("cancelling the parent cancels the child", async () => {
  const trial = tryRuns({ workflows: { asks } });
  const run = await trial.start(calls("asks"), { n: 1 });
  const child = childOf(await trial.until(run, has("run.waiting")));
  await trial.runs.deliver(run, { kind: "cancel", by: "ada" });
  expect((await trial.until(run, endsRun)).at(-1)).toMatchObject({ type: "run.cancelled" });
  expect((await trial.until(child, endsRun)).at(-1)).toMatchObject({ type: "run.cancelled" });
});

test("a workflow that calls itself ends at the deepest run with a clear error", async () => {
  const workflows: { [key: string]: Graph } = {};
  workflows.again = calls("again");
  const trial = tryRuns({ workflows });
  const run = await trial.start(calls("again"), { n: 1 });
  const events = await trial.until(run, endsRun);
  expect(events.at(-1)).toMatchObject({ type: "run.failed", error: { code: "subflow_failed" } });
  const { message } = (events.at(-1) as Extract<RunEvent, { type: "run.failed" }>).error;
  expect(message).toContain("more than 16 deep");
});

test("a workflow that is not there is a failure of the node", async () => {
  const trial = tryRuns();
  const events = await trial.until(await trial.start(calls("gone"), { n: 1 }), endsRun);
  expect(events.at(-1)).toMatchObject({ type: "run.failed", error: { code: "workflow_unknown" } });
});

test("what a child says after its end, or what comes late, holds up nothing", () => {
  const stepper = stepThrough(calls("doubles"), { n: 1 });
  const says = (becomes: "made" | "completed" | "waiting" | "running") => {
    stepper.give({ kind: "child", activation: "sub", attempt: 1, becomes });
  };
  says("made");
  says("completed");
  says("waiting");
  says("running");
  expect(stepper.open()).toEqual([{ kind: "work", activation: "sub", attempt: 1, fails: false }]);
  stepper.give({ kind: "work", activation: "sub", attempt: 1, fails: false });
  expect(stepper.run).toMatchObject({ status: "completed", output: "sub!" });
});

test("a child whose making a crash came before is made after it, once", async () => {
  const store = createMemoryStore();
  const childless = {
    ...store,
    createRun: ((context, run) => {
      return run.parent === undefined ? store.createRun(context, run) : new Promise(() => {});
    }) satisfies RunStore["createRun"],
  };
  const first = tryRuns({ workflows: { doubles }, store: childless });
  const run = await first.start(calls("doubles"), { n: 21 });
  await first.until(run, has("subflow.started"));
  const second = tryRuns({ workflows: { doubles }, store });
  await second.runs.resumeAll();
  const events = await second.until(run, endsRun);
  expect(events.at(-1)).toMatchObject({ output: { twice: 42 } });
  expect(events.filter(has("subflow.started"))).toHaveLength(1);
  expect([...store.kept.keys()]).toEqual([run, childOf(events)]);
});
