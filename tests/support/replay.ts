import type { RunEvent } from "@signalbox/shared/events";
import { type BlobRef, isBlobRef } from "@signalbox/shared/events";
import { type Graph, type Plan, planGraph } from "@signalbox/shared/graph";
import { newRun, type Run, reduceRun } from "@signalbox/shared/run";
import type { TestEngine } from "./engine.ts";

type Caller = Pick<TestEngine, "call">;

/** The plan of the graph that a run runs on, as the page makes it. */
export async function planOfRun(engine: Caller, run: string): Promise<Plan> {
  const { body } = await engine.call<Graph>("GET", `runs/${run}/graph`);
  return planGraph(body);
}

/** The whole stored log of a run, page by page. */
export async function storedEvents(engine: Caller, run: string, limit = 500): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for (let next: string | null = "0"; next !== null; ) {
    const page: { body: { items: RunEvent[]; next: string | null } } = await engine.call(
      "GET",
      `runs/${run}/events?after=${next}&limit=${limit}`,
    );
    events.push(...page.body.items);
    next = page.body.next;
  }
  return events;
}

/** A run folded from these events, as the page folds it. */
export function folded(plan: Plan, events: readonly RunEvent[]): Run {
  return events.reduce(reduceRun, newRun(plan));
}

/** All of a folded run that can be compared: everything but the plan, which is the same object. */
export function comparable(run: Run): Omit<Run, "plan"> {
  const { plan: _plan, ...state } = run;
  return structuredClone(state);
}

/** A value that may stand as a reference, as it is. */
export async function inLine<Value>(engine: Caller, value: Value | BlobRef): Promise<Value> {
  if (!isBlobRef(value)) return value as Value;
  const { body } = await engine.call<Value>("GET", `blobs/${value.$blob}`);
  return body;
}
