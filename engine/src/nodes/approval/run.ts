import { createHash } from "node:crypto";
import type { RunFact } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import { durationMs, type NodeOf } from "@signalbox/shared/nodes";
import { asText } from "../as-text.ts";
import type { Done, Runner, Vote, WaitState } from "../runner.ts";

export const runApproval: Runner<"approval"> = {
  kind: "wait",
  open: ({ id: node, data }, values, { run, by, activation, now }) => {
    const dueAt = data.dueIn === undefined ? undefined : after(now, data.dueIn);
    const remindAt = data.remindIn === undefined ? undefined : after(now, data.remindIn);
    const about = { node, activation };
    const asked: RunFact = {
      type: "approval.requested",
      ...about,
      approval: approvalId(run, activation),
      title: asText(values.template(data.title ?? "")),
      quorum: data.quorum ?? 1,
      ...(data.body === undefined ? {} : { body: asText(values.template(data.body)) }),
      ...(data.show === undefined ? {} : { show: values.deep(data.show) }),
      ...(data.form === undefined ? {} : { form: data.form }),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(data.assignees?.length ? { assignees: data.assignees } : {}),
      ...(data.fourEyes && by !== undefined ? { notBy: by } : {}),
    };
    return [
      asked,
      ...(dueAt === undefined ? [] : [timer(about, "due", dueAt)]),
      ...(remindAt === undefined ? [] : [timer(about, "remind", remindAt)]),
    ];
  },
  wake: (node, wait) => ended(wait) ?? overdue(node, wait),
};

interface About {
  node: string;
  activation: string;
}

/** `due`: until when those who were asked first have time; `expiry`: until when those have to whom it went after that. */
function timer(about: About, purpose: "due" | "expiry" | "remind", due: string): RunFact {
  return { type: "timer.set", ...about, timer: `${purpose}:${about.activation}`, purpose, due };
}

function after(now: number, duration: string): string {
  return new Date(now + durationMs(duration)).toISOString();
}

/** The same for every engine that looks at this run, and not to be guessed from the run's id. */
function approvalId(run: string, activation: string): string {
  return `apr_${createHash("sha256").update(`${run}\n${activation}`).digest("hex").slice(0, 24)}`;
}

function ended({ approval }: WaitState): Done | undefined {
  if (!approval || approval.status === "pending" || approval.status === "cancelled") return undefined;
  const last = approval.votes.at(-1);
  const decided = approval.status === "expired" ? {} : judgement(approval.votes, last);
  return { handles: [approval.status], output: { decision: approval.status, ...decided } };
}

function judgement(votes: readonly Vote[], last: Vote | undefined): { [key: string]: Json } {
  // every voter may have edited; what a later one wrote stands
  const values = Object.assign({}, ...votes.map((vote) => (isObject(vote.values) ? vote.values : {}))) as Json;
  return { by: last?.by ?? null, comment: last?.comment ?? null, values };
}

/** What the clock has brought, one thing at a time: the end of the time, others to ask, a reminder. */
function overdue({ id: node, data }: NodeOf<"approval">, wait: WaitState): { facts: readonly RunFact[] } | undefined {
  const { activation, approval, fired, now } = wait;
  if (approval?.status !== "pending") return undefined;
  const about = { node, activation: activation.id };
  const asked = { ...about, approval: approval.id };
  const { escalateTo, dueIn } = data;
  const goesOn = escalateTo !== undefined && dueIn !== undefined;
  if (fired.includes(goesOn ? "expiry" : "due")) return { facts: [{ type: "approval.expired", ...asked }] };
  if (goesOn && fired.includes("due") && approval.escalatedAt === undefined) {
    // from now and not from then: an engine that was down must not take their time from those who are asked now
    const dueAt = after(now, dueIn);
    const escalated: RunFact = { type: "approval.escalated", ...asked, assignees: [escalateTo], dueAt };
    return { facts: [escalated, timer(about, "expiry", dueAt)] };
  }
  if (fired.includes("remind") && approval.remindedAt === undefined) {
    return { facts: [{ type: "approval.reminded", ...asked }] };
  }
  return undefined;
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value);
}
