import { type EventOf, endsRun, type RunEvent } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import { planGraph } from "@signalbox/shared/graph";
import { activationId, newRun, reduceRun, snapshotRun } from "@signalbox/shared/run";
import { validateGraph } from "@signalbox/shared/validation";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyWorkflow } from "../testing/any-workflow.ts";
import type { Input } from "../testing/inputs.ts";
import { type Stepper, stepThrough } from "../testing/step-through.ts";

/** Numbers by which chance picks what happens next, who fails and how people decide. */
const anyChances = fc.array(fc.nat(999), { minLength: 40, maxLength: 40 });
const anyInput = fc.record({ yes: fc.boolean() });
const enough = { numRuns: 200 };

interface Odds {
  failures: boolean;
  cancel: boolean;
}

/** Plays a run to its end by chance; what was given to it, in order. */
function play(stepper: Stepper, chances: readonly number[], { failures, cancel }: Odds): Input[] {
  const given: Input[] = [];
  for (let step = 0; ; step += 1) {
    const open = stepper.open();
    const chance = (chances[step % chances.length] ?? 0) + step;
    const next = open[chance % open.length];
    if (!next) return given;
    const input =
      cancel && chance % 97 === 0 ? ({ kind: "cancel" } as const) : byChance(next, Math.floor(chance / 7), failures);
    given.push(input);
    stepper.give(input);
    if (step > 2000) throw new Error("The run goes on for ever.");
  }
}

function byChance(input: Input, chance: number, failures: boolean): Input {
  if (input.kind === "work") return { ...input, fails: failures && chance % 3 === 0 };
  return input.kind === "vote" ? { ...input, decided: chance % 3 === 0 ? "rejected" : "approved" } : input;
}

const anyOdds = fc.record({ failures: fc.boolean(), cancel: fc.boolean() });
interface Played {
  graph: Graph;
  input: { yes: boolean };
  chances: readonly number[];
  odds: Odds;
  stepper: Stepper;
  given: readonly Input[];
}

/** Holds for every run of every graph, in whatever order things end. */
function holdsForAllRuns(check: (played: Played) => void, { numRuns } = enough): void {
  const property = fc.property(anyWorkflow, anyInput, anyChances, anyOdds, (graph, input, chances, odds) => {
    const stepper = stepThrough(graph, input);
    const given = play(stepper, chances, odds);
    check({ graph, input, chances, odds, stepper, given });
  });
  fc.assert(property, { numRuns });
}

/** What came from outside, read from a log: an uninterrupted run that is given the same must end the same. */
function inputsOf(events: readonly RunEvent[]): Input[] {
  return events.flatMap((event, index): Input[] => {
    const before = events[index - 1];
    const { type } = event;
    if (type === "node.completed" || type === "node.retrying" || (type === "node.failed" && isOfWorker(event))) {
      const { activation, attempt } = event;
      return [{ kind: "work", activation, attempt, fails: type !== "node.completed" }];
    }
    if (type === "approval.decided") return [{ kind: "vote", approval: event.approval, decided: event.decision }];
    if (type === "run.cancel_requested") return [{ kind: "cancel" }];
    // all that is due at one moment fires together
    const another = type === "timer.fired" && !(before?.type === "timer.fired" && before.at === event.at);
    return another ? [{ kind: "clock" }] : [];
  });
}

const isOfWorker = ({ error }: EventOf<"node.failed">) => error.code === "model_failed";

const withoutPlace = (event: RunEvent | undefined) => event && { ...event, seq: 0, at: "" };

test("the graphs of these tests are without errors, and of every kind", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyWorkflow, (graph) => {
      expect(validateGraph(graph).filter(({ severity }) => severity === "error")).toEqual([]);
      for (const { type, parentId } of graph.nodes) seen.add(parentId === undefined ? type : `${type} in a frame`);
    }),
    { numRuns: 500 },
  );
  expect([...seen]).toEqual(expect.arrayContaining(["agent", "approval in a frame", "parallel in a frame", "end"]));
});

test("a run ends once, and nothing that it began is left open", () => {
  holdsForAllRuns(({ stepper: { events, run } }) => {
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(endsRun)).toEqual([events.at(-1)]);
    expect([...run.activations.values()].filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
    expect(run.working).toBe(0);
  });
});

test("a node is executed once in each scope, tries one after another, and nothing comes after its end", () => {
  holdsForAllRuns(({ stepper: { events } }) => {
    const attempts = new Map<string, number>();
    const ended = new Set<string>();
    for (const event of events) {
      if (!event.type.startsWith("node.") || !("activation" in event)) continue;
      const { activation: id, type } = event;
      expect([id, type, ended.has(id)]).toEqual([id, type, false]);
      if (type === "node.started") {
        expect([id, event.attempt]).toEqual([id, (attempts.get(id) ?? 0) + 1]);
        attempts.set(id, event.attempt);
      }
      if (type !== "node.started" && type !== "node.retrying") ended.add(id);
      if (type === "node.skipped") expect(attempts.has(id)).toBe(false);
      else expect(attempts.has(id)).toBe(true);
    }
  });
});

test("no node starts before its join is satisfied or is skipped while it may still be, and every edge is marked once", () => {
  holdsForAllRuns(({ graph, stepper: { events } }) => {
    const { nodes, edgeTargets } = planGraph(graph);
    const marked = new Set<string>();
    const arrived = new Map<string, { taken: number; dead: number }>();
    for (const event of events) {
      if (event.type === "edge.taken" || event.type === "edge.dead") {
        const edge = `${event.edge}@${event.scope}`;
        expect([edge, marked.has(edge)]).toEqual([edge, false]);
        marked.add(edge);
        const target = activationId(edgeTargets.get(event.edge)?.id ?? "", event.scope);
        const so = arrived.get(target) ?? { taken: 0, dead: 0 };
        arrived.set(
          target,
          event.type === "edge.taken" ? { ...so, taken: so.taken + 1 } : { ...so, dead: so.dead + 1 },
        );
      }
      if (event.type !== "node.skipped" && !(event.type === "node.started" && event.attempt === 1)) continue;
      const { join = "all", incoming = [] } = nodes.get(event.node) ?? {};
      const { taken, dead } = arrived.get(event.activation) ?? { taken: 0, dead: 0 };
      const wanted = join === "any" ? 1 : join === "all" ? Math.min(1, incoming.length) : join.count;
      const why = `${event.type} ${event.activation} with ${taken} taken and ${dead} dead of ${incoming.length}`;
      if (event.type === "node.started") expect([why, taken >= wanted]).toEqual([why, true]);
      else expect([why, incoming.length - dead < wanted]).toEqual([why, true]);
      if (join === "all") expect([why, taken + dead]).toEqual([why, incoming.length]);
    }
  });
});

test("a frame runs no more lanes at once than it may, and gives one value for each", () => {
  holdsForAllRuns(({ stepper: { events, run } }) => {
    const running = new Map<string, number>();
    for (const event of events) {
      if (event.type === "frame.lane_started") running.set(event.activation, (running.get(event.activation) ?? 0) + 1);
      if (event.type === "frame.lane_ended") running.set(event.activation, (running.get(event.activation) ?? 0) - 1);
      for (const [id, count] of running) expect(count).toBeLessThanOrEqual(run.frames.get(id)?.concurrency ?? 0);
      const frame = "activation" in event ? run.frames.get(event.activation) : undefined;
      if (event.type !== "node.completed" || !frame) continue;
      expect(Object.keys(event.output ?? {})).toEqual([...frame.lanes]);
      expect(Array.isArray(event.output)).toBe(frame.items !== undefined);
    }
    expect([...running.values()].every((count) => count === 0)).toBe(true);
  });
});

test("without failures and cancelling a run completes; it fails only with what failed, and is cancelled only when asked", () => {
  holdsForAllRuns(({ stepper: { events }, odds, given }) => {
    const last = events.at(-1);
    const asked = given.some(({ kind }) => kind === "cancel");
    const failures = events.filter((event) => event.type === "node.failed");
    if (last?.type === "run.failed") expect(failures.map(({ error }) => error.code)).toContain(last.error.code);
    else if (last?.type === "run.cancelled") expect(asked).toBe(true);
    else expect(last?.type).toBe("run.completed");
    const timeouts = failures.some(({ error }) => error.code === "timeout");
    const tooFew = failures.some(({ error }) => error.code === "frame_failed");
    if (!odds.failures && !asked && !timeouts && !tooFew) expect(last?.type).toBe("run.completed");
  });
});

test("the same events give the same state, and a copy taken on the way is not touched by what follows", () => {
  holdsForAllRuns(({ graph, stepper: { events, run }, chances }) => {
    const cut = (chances[0] ?? 0) % events.length;
    const again = newRun(planGraph(graph));
    for (const event of events.slice(0, cut)) reduceRun(again, event);
    const copy = snapshotRun(again);
    const asItWas = structuredClone({ ...copy, plan: null });
    for (const event of events.slice(cut)) reduceRun(again, event);

    expect({ ...again, plan: null }).toEqual({ ...run, plan: null });
    expect({ ...copy, plan: null }).toEqual(asItWas);
    for (const event of events.slice(cut)) reduceRun(copy, event);
    expect({ ...copy, plan: null }).toEqual({ ...run, plan: null });
  });
});

test("the same run given the same things decides the same, event for event", () => {
  holdsForAllRuns(({ graph, input, given, stepper: { events } }) => {
    const again = stepThrough(graph, input);
    for (const one of given) again.give(one);
    expect(again.events).toEqual(events);
  });
});

test("a run that is cut off anywhere and gone on with ends as it would have ended uninterrupted", () => {
  holdsForAllRuns(({ graph, input, chances, odds, stepper: { events, rounds } }) => {
    const cut = rounds[(chances[1] ?? 0) % rounds.length] ?? 0;
    const resumed = stepThrough(graph, input, events.slice(0, cut));
    play(resumed, chances.toReversed(), odds);
    const uninterrupted = stepThrough(graph, input);
    for (const one of inputsOf(resumed.events)) uninterrupted.give(one);

    expect(resumed.events.filter(endsRun)).toEqual([resumed.events.at(-1)]);
    expect(withoutPlace(resumed.events.at(-1))).toEqual(withoutPlace(uninterrupted.events.at(-1)));
    expect(resumed.events.map(({ seq }) => seq)).toEqual(resumed.events.map((_, index) => index + 1));
  });
});
