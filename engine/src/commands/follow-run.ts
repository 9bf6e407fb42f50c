import { createInterface } from "node:readline/promises";
import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { planGraph } from "@signalbox/shared/graph";
import { type ApprovalRun, newRun, type Run, reduceRun } from "@signalbox/shared/run";
import { SignalboxError } from "../errors.ts";
import type { Engine } from "../open-engine.ts";
import { blobsOf, inlineEvent } from "../run/encode.ts";
import { followRun } from "../stream/follow.ts";
import { print, say } from "./terminal.ts";

export interface Watching {
  run: string;
  /** Events as NDJSON on standard output, and not as lines for people. */
  json: boolean;
  approve: "ask" | "yes" | "no";
}

/** Shows a run's events as they come and answers its approvals, until it has ended or nobody here can help it on. */
export async function followToEnd(
  engine: Engine,
  { run: id, json, approve }: Watching,
): Promise<"completed" | "failed" | "waiting"> {
  const run = newRun(planGraph(await engine.runStore.graphOfRun(id)));
  const answered = new Set<string>();
  const refused = new Set<string>();
  for await (const events of pagesOf(engine, id)) {
    for (const event of events) {
      reduceRun(run, event);
      if (json) print(await asLine(engine, event));
      else say(describe(event));
      if (endsRun(event)) return event.type === "run.completed" ? "completed" : "failed";
    }
    if (run.status !== "waiting") continue;
    const open = [...run.approvals.values()].filter(
      ({ id: asked, status }) => status === "pending" && !answered.has(asked) && !refused.has(asked),
    );
    for (const approval of open) {
      const decision = approve === "ask" ? await ask(approval) : approve === "yes" ? "approve" : "reject";
      if (decision === undefined) break;
      if (await vote(engine, approval.id, decision)) answered.add(approval.id);
      else refused.add(approval.id);
      engine.runs.wake(id);
    }
    if (needsPerson(run, answered)) return "waiting";
  }
  return "waiting";
}

/** Whether the word was taken: an approval may be asked of others, and the run then waits for them. */
async function vote(engine: Engine, id: string, decision: "approve" | "reject"): Promise<boolean> {
  try {
    await engine.approvals.vote(engine.owner, id, { decision });
    return true;
  } catch (error) {
    if (!(error instanceof SignalboxError && error.code === "forbidden")) throw error;
    say(error.message);
    return false;
  }
}

/** Whether only a person can help the run on: no attempt is due, and something asks that was not answered here. */
function needsPerson(run: Run, answered: ReadonlySet<string>): boolean {
  const pending = [...run.approvals.values()].filter(({ status }) => status === "pending");
  if (pending.some(({ id, votes }) => answered.has(id) && votes.length === 0)) return false;
  const isDue = [...run.timers.values()].some(({ purpose, fired }) => purpose === "retry" && !fired);
  const inDoubt = [...run.activations.values()].some(({ status }) => status === "in_doubt");
  return !isDue && (pending.length > 0 || inDoubt);
}

/** The events of a run in the pages in which they come, for as long as somebody reads them. */
async function* pagesOf(engine: Engine, run: string): AsyncGenerator<RunEvent[]> {
  let waiting: RunEvent[] = [];
  let bell = Promise.withResolvers<void>();
  const sink = {
    events: (events: readonly RunEvent[]) => {
      waiting.push(...events);
      bell.resolve();
    },
    text: () => {},
  };
  const stop = followRun(run, 0, sink, { store: engine.runStore, hub: engine.hub, onError: bell.reject });
  try {
    for (;;) {
      await bell.promise;
      const page = waiting;
      waiting = [];
      bell = Promise.withResolvers<void>();
      yield page;
    }
  } finally {
    stop();
  }
}

async function asLine({ runStore, owner }: Engine, event: RunEvent): Promise<string> {
  const body = JSON.stringify(event);
  const hashes = blobsOf(body);
  return hashes.length === 0 ? body : JSON.stringify(inlineEvent(body, await runStore.readBlobs(owner.space, hashes)));
}

function describe(event: RunEvent): string {
  const about = "activation" in event ? event.activation : "edge" in event ? event.edge : "";
  const why = "error" in event && event.error ? `: ${event.error.message}` : "";
  return `${String(event.seq).padStart(4)} ${event.type} ${about}${why}`.trimEnd();
}

/** A person's word, where one sits at the terminal. */
async function ask({ title, body, show }: ApprovalRun): Promise<"approve" | "reject" | undefined> {
  if (!process.stdin.isTTY) return undefined;
  say(`\n${title}`);
  if (typeof body === "string") say(body);
  if (show !== undefined) say(JSON.stringify(show, null, 2));
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = (await terminal.question("Approve? [yes/no] ")).trim().toLowerCase();
      if (answer === "y" || answer === "yes") return "approve";
      if (answer === "n" || answer === "no") return "reject";
    }
  } finally {
    terminal.close();
  }
}
