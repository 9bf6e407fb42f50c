import type { RunEvent } from "@signalbox/shared/events";
import type { Run } from "@signalbox/shared/run";
import type { ApprovalProjection, QuestionProjection, RunProjection } from "../store/store.ts";

/** What lists show of a run, as it stands. */
export function projectRun(run: Run): RunProjection {
  return {
    status: run.status,
    lastSeq: run.seq,
    output: run.output,
    error: run.error,
    inputTokens: run.usage.inputTokens,
    outputTokens: run.usage.outputTokens,
    costUsd: run.usage.costUsd,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    nextDue: nextDue(run),
  };
}

function nextDue(run: Run): string | null {
  let next: string | null = null;
  for (const { due, fired } of run.timers.values()) {
    if (!fired && (next === null || due < next)) next = due;
  }
  return next;
}

/** The approvals that these events touched, as the inbox shows them. */
export function projectApprovals(run: Run, events: readonly RunEvent[]): ApprovalProjection[] {
  const touched = new Set<string>();
  for (const event of events) {
    if ("approval" in event) touched.add(event.approval);
    if (event.type !== "node.cancelled" && event.type !== "node.failed") continue;
    const asked = run.activations.get(event.activation)?.approval;
    if (asked !== undefined) touched.add(asked);
  }
  return [...touched].flatMap((id) => {
    const approval = run.approvals.get(id);
    if (!approval) return [];
    const { node, activation, status, title, show, form, body, requestedAt, quorum } = approval;
    const { assignees, notBy, dueAt, remindedAt, escalatedAt } = approval;
    return [
      {
        id,
        node,
        activation,
        status,
        title,
        quorum,
        requestedAt,
        show: show ?? null,
        form: form ?? null,
        // in the engine every value is in line
        body: typeof body === "string" ? body : null,
        dueAt: dueAt ?? null,
        assignees: assignees ?? [],
        notBy: notBy ?? null,
        remindedAt: remindedAt ?? null,
        escalatedAt: escalatedAt ?? null,
      },
    ];
  });
}

/** The questions that these events touched, as the inbox shows them. */
export function projectQuestions(run: Run, events: readonly RunEvent[]): QuestionProjection[] {
  const touched = new Set<string>();
  for (const event of events) {
    if ("question" in event) touched.add(event.question);
    if (event.type !== "node.cancelled" && event.type !== "node.failed") continue;
    for (const asked of run.activations.get(event.activation)?.questions ?? []) touched.add(asked);
  }
  return [...touched].flatMap((id) => {
    const question = run.questions.get(id);
    if (!question) return [];
    const { node, activation, status, text, options = [], askedAt } = question;
    return [{ id, node, activation, status, text, options, askedAt }];
  });
}
