import type { RunFact } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import type { Activation, Run } from "@signalbox/shared/run";
import { runnerOf } from "../nodes/runners.ts";
import { failNode } from "../run/fail-node.ts";
import { factsOfEntry } from "../run/inbox.ts";
import { listeningOf } from "../run/listening.ts";
import type { Moment } from "../run/moment.ts";
import { completed } from "../run/start-node.ts";

/** Something from outside that a run waits for: a worker that ends, a person's word, the clock, a signal, its child. */
export type Input =
  /** `handles`: the ways out that the worker takes, `out` unless said. */
  | { kind: "work"; activation: string; attempt: number; fails: boolean; handles?: readonly string[] }
  | { kind: "vote"; approval: string; decided: "approved" | "rejected" }
  | { kind: "signal"; activation: string }
  | { kind: "child"; activation: string; attempt: number; becomes: ChildState }
  | { kind: "clock" }
  | { kind: "cancel" };

type ChildState = "made" | "waiting" | "running" | "completed" | "failed";

/** What may happen next to a run, in a fixed order. */
export function openInputs(run: Run): Input[] {
  if (run.endedAt !== null) return [];
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const ids = [...run.activations.values()].filter(({ endedAt }) => endedAt === undefined).sort(byId);
  const pending = [...run.approvals.values()].filter(({ status }) => status === "pending").sort(byId);
  const votes = pending.map(({ id: approval }): Input => ({ kind: "vote", approval, decided: "approved" }));
  const isTimed = [...run.timers.values()].some(({ fired }) => !fired);
  return [...ids.flatMap((one) => openFor(run, one)), ...votes, ...(isTimed ? [{ kind: "clock" } as const] : [])];
}

function openFor(run: Run, activation: Activation): Input[] {
  const { id, attempt } = activation;
  if (activation.status === "waiting" && activation.signal === undefined && listeningOf(run, id)) {
    return [{ kind: "signal", activation: id }];
  }
  const node = run.plan.nodes.get(activation.node)?.node;
  if (node?.type === "subflow") return childInputs(activation);
  if (!works(run, id)) return [];
  const work = { kind: "work", activation: id, attempt, fails: false } as const;
  return node?.type === "branch" ? choices(node.data).map((handles) => ({ ...work, handles })) : [work];
}

/** A child is made, ends well or not, and only then does the node that waits for it end. */
function childInputs({ id, attempt, child, status }: Activation): Input[] {
  const becomes = (state: ChildState): Input => ({ kind: "child", activation: id, attempt, becomes: state });
  if (status !== "running" && status !== "waiting") return [];
  if (child?.attempt !== attempt) return [becomes("made")];
  if (child.status === "waiting") return [becomes("running")];
  if (child.status === "running") return [becomes("completed")];
  return [{ kind: "work", activation: id, attempt, fails: child.status !== "completed" }];
}

/** Every answer that a model may give to a branch. */
function choices({ cases = [], mode }: { cases?: readonly { id: string }[] | undefined; mode?: string | undefined }) {
  const ids = cases.map((one) => one.id);
  if (mode !== "all") return [...ids, "else"].map((id) => [id]);
  const some = Array.from({ length: 2 ** ids.length }, (_, set) => ids.filter((_id, bit) => (set >> bit) & 1));
  return some.map((taken) => (taken.length > 0 ? taken : ["else"]));
}

function works(run: Run, activation: string): Activation | undefined {
  const found = run.activations.get(activation);
  const node = found && run.plan.nodes.get(found.node)?.node;
  return found?.status === "running" && node && runnerOf(node)?.kind === "work" ? found : undefined;
}

/** What is in the log when it has happened; nothing where it has come too late. */
export function factsOfInput(run: Run, given: Input, moment: Moment): readonly RunFact[] {
  switch (given.kind) {
    case "work":
      return workFacts(run, given, moment);
    case "vote": {
      const { approval, decided } = given;
      const decision = decided === "approved" ? "approve" : "reject";
      return factsOfEntry(run, { kind: "vote", approval, by: "ada", decision, decided });
    }
    case "signal": {
      const { activation } = given;
      return factsOfEntry(run, { kind: "signal", signal: "sig_1", activation, name: "go", payload: `${activation}!` });
    }
    case "child":
      return childFacts(run, given);
    case "clock":
      return [...run.timers.values()]
        .filter(({ due, fired }) => !fired && Date.parse(due) <= moment.now)
        .map(({ id, node, activation }) => ({ type: "timer.fired", timer: id, node, activation }));
    case "cancel":
      return factsOfEntry(run, { kind: "cancel", by: "ada" });
  }
}

function workFacts(run: Run, given: Extract<Input, { kind: "work" }>, moment: Moment): readonly RunFact[] {
  const found = works(run, given.activation);
  if (!found || found.attempt !== given.attempt) return [];
  const { id: activation, node, attempt, child } = found;
  const about = { node, activation };
  // whoever follows a child ends after it, and as it did
  const isFollowing = run.plan.nodes.get(node)?.node.type === "subflow";
  const status = child?.attempt === attempt ? child.status : undefined;
  if (isFollowing && status !== (given.fails ? "failed" : "completed")) return [];
  if (given.fails) {
    const error = { code: "model_failed", message: "It failed." };
    return failNode(run, { ...about, attempt }, error, { retryable: true }, moment);
  }
  const { handles = ["out"] } = given;
  const output: Json = child?.output ?? `${activation}!`;
  return [completed(about, { handles, output }, attempt)];
}

function childFacts(run: Run, given: Extract<Input, { kind: "child" }>): readonly RunFact[] {
  const { activation: id, attempt, becomes } = given;
  const found = run.activations.get(id);
  if (!found || found.endedAt !== undefined || found.attempt !== attempt) return [];
  const { node } = found;
  const child = childOf(id, attempt);
  if (becomes !== "made") {
    const error = { code: "child_failed", message: "It failed." };
    const end = becomes === "completed" ? { output: `${id}!` } : becomes === "failed" ? { error } : {};
    return factsOfEntry(run, { kind: "child", activation: id, child, status: becomes, ...end });
  }
  if (found.child?.attempt === attempt) return [];
  return [{ type: "subflow.started", node, activation: id, attempt, child, workflow: "other", version: 1 }];
}

/** The run that an attempt makes. */
function childOf(activation: string, attempt: number): string {
  return `${activation} child ${attempt}`;
}

export function attemptOfChild(child: string): number {
  return Number(child.split(" ").at(-1));
}
