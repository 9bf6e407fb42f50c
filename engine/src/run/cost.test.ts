import { expect, test } from "vitest";
import { smallGraph } from "../testing/graphs.ts";
import { stepThrough } from "../testing/step-through.ts";

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

test("what an event costs does not grow with the length of the run", () => {
  // the least of several: what the machine does besides only ever adds
  const least = (items: number) => Math.min(...Array.from({ length: 5 }, () => costPerEvent(items)));
  least(100);

  const [short, long] = [least(200), least(4000)];

  expect(long / short).toBeLessThan(4);
}, 60_000);
