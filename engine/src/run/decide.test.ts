import { endsRun, type RunEvent } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import { planGraph } from "@signalbox/shared/graph";
import { activationId, newRun, reduceRun, scopeOfActivation, snapshotRun } from "@signalbox/shared/run";
import { validateGraph } from "@signalbox/shared/validation";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { anyWorkflow } from "../testing/any-workflow.ts";
import type { Input } from "../testing/inputs.ts";
import { inputsOf, type Odds, play } from "../testing/play.ts";
import { type Stepper, stepThrough } from "../testing/step-through.ts";

/** Numbers by which chance picks what happens next, who fails and how people decide. */
const anyChances = fc.array(fc.nat(999), { minLength: 40, maxLength: 40 });
const anyInput = fc.record({ yes: fc.boolean() });
/** SIGNALBOX_RUNS asks for more, for a night. */
const enough = { numRuns: Number(process.env.SIGNALBOX_RUNS ?? 150) };
vi.setConfig({ testTimeout: Math.max(60_000, enough.numRuns * 200) });

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

const withoutPlace = (event: RunEvent | undefined) => event && { ...event, seq: 0, at: "" };

test("the graphs of these tests are without errors, and of every kind", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyWorkflow, (graph) => {
      expect(validateGraph(graph).filter(({ severity }) => severity === "error")).toEqual([]);
      for (const { type, parentId } of graph.nodes) seen.add(parentId === undefined ? type : `${type} in a frame`);
      const { loops, nodes } = planGraph(graph);
      for (const { header, parent } of loops.values()) {
        const { frame, facts } = nodes.get(header) ?? {};
        seen
          .add("ring")
          .add(frame == null ? "ring" : "ring in a frame")
          .add(parent === null ? "ring" : "ring in a ring");
        if (facts?.role === "frame") seen.add("ring of a frame");
      }
    }),
    { numRuns: 500 },
  );
  expect([...seen]).toEqual(
    expect.arrayContaining([
      "agent",
      "approval in a frame",
      "parallel in a frame",
      "end",
      "loop",
      "wait",
      "subflow in a frame",
    ]),
  );
  expect([...seen]).toEqual(expect.arrayContaining(["ring", "ring in a frame", "ring in a ring", "ring of a frame"]));
});

test("a run ends once, and nothing that it began is left open", () => {
  holdsForAllRuns(({ stepper: { events, run } }) => {
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(endsRun)).toEqual([events.at(-1)]);
    expect([...run.activations.values()].filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
    expect(run.working).toBe(0);
  });
});

test("nothing happens in a lane or a pass that is over", () => {
  holdsForAllRuns(({ stepper: { events } }) => {
    const over = new Set<string>();
    for (const event of events) {
      const scope = "scope" in event && event.type !== "frame.lane_ended" ? event.scope : scopeOf(event);
      for (const outer of scopesAround(scope))
        expect([event.type, outer, over.has(outer)]).toEqual([event.type, outer, false]);
      if (event.type === "frame.lane_ended") over.add(event.scope);
    }
  });
});

const scopeOf = (event: RunEvent) => ("activation" in event ? scopeOfActivation(event.activation) : "");

/** A scope and those that it lies in: `a#1/b#2`, `a#1`. The name of a lane is one of the places between. */
function scopesAround(scope: string): string[] {
  const places = scope.split("/");
  return scope === "" ? [] : places.map((_, index) => places.slice(0, index + 1).join("/"));
}

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
    const { nodes, edgeTargets, loops } = planGraph(graph);
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
      const isStart = event.type === "node.started" && event.attempt === 1;
      if (event.type !== "node.skipped" && event.type !== "frame.started" && !isStart) continue;
      const { activation: id, node } = event;
      const { join = "all", entering = [], loop = null } = nodes.get(node) ?? {};
      const isHeader = loops.get(node)?.header === node && !inPassOf(node, id);
      // a frame has started as a node; of a loop without a border this is the start; with a loop its nodes are skipped
      if (event.type === "frame.started" && !isHeader) continue;
      const around = isHeader ? (loops.get(node)?.parent ?? null) : loop;
      if (event.type === "node.skipped" && around !== null && !inPassOf(around, id)) continue;
      const pass = inPassOf(node, id);
      const [edges, key] = !pass ? [entering, id] : [loops.get(node)?.back ?? [], id.replace(/[0-9]+$/, `${pass - 1}`)];
      if (pass === 1) continue;
      const { taken, dead } = arrived.get(key) ?? { taken: 0, dead: 0 };
      const wanted = typeof join === "string" ? Math.min(1, edges.length) : join.count;
      const why = `${event.type} ${id} with ${taken} taken and ${dead} dead of ${edges.length}`;
      if (event.type === "node.skipped") expect([why, edges.length - dead < wanted]).toEqual([why, true]);
      else expect([why, taken >= wanted]).toEqual([why, true]);
      if (join === "all") expect([why, taken + dead]).toEqual([why, edges.length]);
    }
  });
});

/** Which pass of the loop with this header an activation lies in directly; 0 for none. */
function inPassOf(header: string, activation: string): number {
  const [loop, pass] = activation.split("@")[1]?.split("/").at(-1)?.split("#") ?? [];
  return loop === header ? Number(pass) : 0;
}

test("passes of a loop come one after another, no more than there may be", () => {
  holdsForAllRuns(({ stepper: { events, run } }) => {
    const passes = new Map<string, { begun: number; ended: number }>();
    for (const event of events) {
      if (event.type !== "loop.iterated" && event.type !== "frame.lane_ended" && event.type !== "loop.ended") continue;
      const { activation: id } = event;
      const frame = run.frames.get(id);
      if (frame?.kind !== "loop" && frame?.kind !== "cycle") continue;
      const { begun, ended } = passes.get(id) ?? { begun: 0, ended: 0 };
      if (event.type === "loop.iterated") {
        expect([id, event.iteration, ended]).toEqual([id, begun + 1, begun]);
        expect(event.iteration).toBeLessThanOrEqual(frame.maxIterations ?? 0);
        passes.set(id, { begun: begun + 1, ended });
      } else if (event.type === "frame.lane_ended") {
        passes.set(id, { begun, ended: ended + 1 });
      } else {
        expect([id, event.iterations, ended]).toEqual([id, begun, begun]);
      }
    }
    for (const [id, { begun, ended }] of passes) expect([id, ended]).toEqual([id, begun]);
  });
});

test("a frame runs no more lanes at once than it may, and gives one value for each", () => {
  holdsForAllRuns(({ stepper: { events, run } }) => {
    const running = new Map<string, number>();
    for (const event of events) {
      if (event.type === "frame.lane_started") running.set(event.activation, (running.get(event.activation) ?? 0) + 1);
      const isPass = "activation" in event && run.frames.get(event.activation)?.lanes.length === 0;
      if (event.type === "frame.lane_ended" && !isPass) {
        running.set(event.activation, (running.get(event.activation) ?? 0) - 1);
      }
      for (const [id, count] of running) expect(count).toBeLessThanOrEqual(run.frames.get(id)?.concurrency ?? 0);
      const frame = "activation" in event ? run.frames.get(event.activation) : undefined;
      if (event.type !== "node.completed" || !frame || frame.kind === "loop" || frame.kind === "cycle") continue;
      expect(Object.keys(event.output ?? {})).toEqual([...frame.lanes]);
      expect(Array.isArray(event.output)).toBe(frame.items !== undefined);
    }
    expect([...running.values()].every((count) => count === 0)).toBe(true);
  });
});

test("without failures and cancelling a run completes; it fails only with what failed, and is cancelled only when asked", () => {
  holdsForAllRuns(({ graph, stepper: { events }, odds, given }) => {
    const last = events.at(-1);
    const atRoot = new Set(graph.nodes.filter(({ parentId }) => parentId === undefined).map(({ id }) => id));
    const fatal = events.filter(
      (one) => one.type === "node.failed" && one.handles.length === 0 && atRoot.has(one.node),
    );
    if (fatal.length > 0) expect(last?.type).toBe("run.failed");
    const asked = given.some(({ kind }) => kind === "cancel");
    const failures = events.filter((event) => event.type === "node.failed").map(({ error }) => error.code);
    const exhausted = events.flatMap((event) => (event.type === "loop.ended" && event.error ? event.error.code : []));
    if (last?.type === "run.failed") expect([...failures, ...exhausted]).toContain(last.error.code);
    else if (last?.type === "run.cancelled") expect(asked).toBe(true);
    else expect(last?.type).toBe("run.completed");
    const isPlain = [...failures, ...exhausted].every((code) => code === "model_failed");
    if (!odds.failures && !asked && isPlain) expect(last?.type).toBe("run.completed");
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

test("a run that is cut off anywhere, again and again, and gone on with ends as it would have ended uninterrupted", () => {
  holdsForAllRuns(({ graph, input, chances, odds, stepper }) => {
    let resumed = stepper;
    for (const chance of chances.slice(1, 4)) {
      const cut = resumed.rounds[chance % resumed.rounds.length] ?? 0;
      resumed = stepThrough(graph, input, resumed.events.slice(0, cut));
      play(resumed, chances.toReversed().slice(chance % 10), odds);
    }
    const uninterrupted = stepThrough(graph, input);
    for (const one of inputsOf(resumed.events)) uninterrupted.give(one);

    expect(resumed.events.filter(endsRun)).toEqual([resumed.events.at(-1)]);
    expect(withoutPlace(resumed.events.at(-1))).toEqual(withoutPlace(uninterrupted.events.at(-1)));
    expect(resumed.events.map(({ seq }) => seq)).toEqual(resumed.events.map((_, index) => index + 1));
  });
});
