import { createHash } from "node:crypto";
import type { RunFact } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import { durationMs } from "@signalbox/shared/nodes";
import { asText } from "../as-text.ts";
import type { Done, Runner, Vote, WaitState } from "../runner.ts";

export const runApproval: Runner<"approval"> = {
  kind: "wait",
  open: ({ id: node, data }, values, { run, by, activation, now }) => {
    const dueAt = data.dueIn === undefined ? undefined : new Date(now + durationMs(data.dueIn)).toISOString();
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
    if (dueAt === undefined) return [asked];
    return [asked, { type: "timer.set", ...about, timer: `due:${activation}`, purpose: "due", due: dueAt }];
  },
  wake: (node, wait) => ended(wait) ?? expired(node.id, wait),
};

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

function expired(node: string, { activation, approval, fired }: WaitState) {
  if (fired.length === 0 || approval?.status !== "pending") return undefined;
  const fact: RunFact = { type: "approval.expired", node, activation: activation.id, approval: approval.id };
  return { facts: [fact] };
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value);
}
