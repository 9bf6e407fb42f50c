import type { Run } from "@signalbox/shared/run";
import { expect, test } from "vitest";
import { smallGraph } from "../testing/graphs.ts";
import { chainOf, type LongWork, loopOf, nestedOf, ringOf } from "../testing/long-graphs.ts";
import { type Stepper, stepThrough } from "../testing/step-through.ts";

const graph = smallGraph({
  nodes: [
    { id: "start", type: "start" },
    { id: "each", type: "parallel", data: { mode: "forEach", items: "input", concurrency: 10 } },
    { id: "ask", type: "agent", parentId: "each", data: { model: "played", prompt: "{{ item }}" } },
    { id: "pick", type: "branch", parentId: "each", data: { cases: [{ id: "odd", when: "index % 2 == 1" }] } },
    { id: "keep", type: "set", parentId: "each", data: { values: { n: "{{ item }}" } } },
  ],
  edges: ["start -> each", "ask -> pick", "pick:odd -> keep"],
});

/** Milliseconds per event of a run over a list of this length, the workers' time not counted. */
function costPerEvent(items: number): number {
  const input = Array.from({ length: items }, (_, index) => index);
  const startedAt = performance.now();
  const stepper = stepThrough(graph, input);
  for (let lane = 0; lane < items; lane += 1) {
    stepper.give({ kind: "work", activation: `ask@each#${lane}`, attempt: 1, fails: false });
  }
  const cost = (performance.now() - startedAt) / stepper.events.length;
  expect(stepper.run.status).toBe("completed");
  return cost;
}

/** The same of a run that needs nobody. */
function costOfLong({ graph, input }: LongWork): number {
  const startedAt = performance.now();
  const { events, run } = stepThrough(graph, input);
  const cost = (performance.now() - startedAt) / events.length;
  expect(run.status).toBe("completed");
  return cost;
}

/** The least of several: what the machine does besides only ever adds. */
const least = (cost: () => number, rounds = 5) => Math.min(...Array.from({ length: rounds }, cost));

test("what an event costs does not grow with the length of the run", () => {
  least(() => costPerEvent(100));

  const [short, long] = [least(() => costPerEvent(200)), least(() => costPerEvent(4000))];

  expect(long / short).toBeLessThan(4);
}, 60_000);

test.each([
  ["passes of a loop", loopOf, 100, 3000],
  ["passes of a loop that an edge back makes", ringOf, 100, 3000],
  ["nodes in a row", chainOf, 50, 1000],
  ["lists of lists", nestedOf, 8, 60],
])(
  "what an event costs does not grow with the number of %s",
  (_name, of, few, many) => {
    const [small, large] = [of(few), of(many)];
    least(() => costOfLong(small), 20);

    const [short, long] = [least(() => costOfLong(small), 20), least(() => costOfLong(large))];

    expect(long / short).toBeLessThan(4);
  },
  60_000,
);

test.each([
  ["10,000 passes of a loop", loopOf(10_000)],
  ["10,000 passes of a loop that an edge back makes", ringOf(10_000)],
  ["1,000 nodes in a row", chainOf(1000)],
  ["100 lists of 100 items", nestedOf(100)],
])(
  "%s complete",
  (_name, { graph, input, activations, output }) => {
    const { run } = stepThrough(graph, input);
    expect(run).toMatchObject({ status: "completed", output });
    expect(run.activations.size).toBeGreaterThanOrEqual(activations);
  },
  60_000,
);

/** What a run keeps at one moment beside its nodes' outputs: how much of each kind. */
function keptBy({ scopes, frames, arrivals, edges, timers, ends, agenda }: Run): object {
  const sizes = (all: object) => Object.entries(all).map(([name, { size }]) => [name, size]);
  const held = [...frames.values()].map(({ outcomes, errors, openScopes, cycle }) => [
    outcomes.length,
    errors.size,
    openScopes.size,
    cycle?.latest.size,
    cycle?.exits.size,
  ]);
  return { kept: sizes({ scopes, frames, arrivals, edges, timers, ends }), next: sizes(agenda), held };
}

test.each([
  ["a loop", { id: "often", type: "loop", data: { until: "iteration > 9999", maxIterations: 10_000 } }, []],
  ["a loop that an edge back makes", undefined, ["again:yes -> ask"]],
])("%s keeps nothing of the passes that are over but what their nodes gave", (_name, frame, back) => {
  const parentId = frame && { parentId: frame.id };
  const entry = frame?.id ?? "ask";
  const graph = smallGraph({
    nodes: [
      { id: "start", type: "start" },
      ...(frame ? [frame] : []),
      { id: "ask", type: "agent", data: { model: "played", prompt: "?", timeout: "1h" }, ...parentId },
      { id: "also", type: "agent", data: { model: "played", prompt: "?" }, ...parentId },
      { id: "again", type: "branch", data: { cases: [{ id: "yes", when: "iteration < 10000" }] }, ...parentId },
    ],
    edges: [`start -> ${entry}`, "ask -> also", "also -> again", "ask -> again", ...back],
  });
  for (const edge of graph.edges.slice(-back.length)) if (back.length > 0) edge.data = { maxIterations: 10_000 };
  const stepper = stepThrough(graph, null);
  passOn(stepper, 10);
  const early = keptBy(stepper.run);
  const activations = stepper.run.activations.size;
  passOn(stepper, 500);
  expect(keptBy(stepper.run)).toEqual(early);
  expect(stepper.run.activations.size).toBe(activations + 500 * 3);
});

/** Lets the two workers of a pass end, again and again. */
function passOn(stepper: Stepper, passes: number): void {
  for (let ends = 0; ends < 2 * passes; ends += 1) {
    const work = stepper.open().find(({ kind }) => kind === "work");
    if (work) stepper.give(work);
  }
}
