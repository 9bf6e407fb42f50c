import type { RunFact } from "@signalbox/shared/events";
import type { Run } from "@signalbox/shared/run";
import type { InboxEntry } from "../store/store.ts";

/** A request from outside as facts; none where it has come too late to mean anything. */
export function factsOfEntry(run: Run, entry: InboxEntry): readonly RunFact[] {
  if (run.endedAt !== null) return [];
  switch (entry.kind) {
    case "cancel":
      return run.cancelRequested ? [] : [{ type: "run.cancel_requested", by: entry.by }];
    case "vote":
      return voteFacts(run, entry);
    case "child":
      return childFacts(run, entry);
    case "answer": {
      const { question: id, answer, by } = entry;
      const question = run.questions.get(id);
      if (question?.status !== "pending") return [];
      const { node, activation } = question;
      return [{ type: "question.answered", node, activation, question: id, answer, by }];
    }
    case "signal": {
      const { activation: id, signal, name, payload } = entry;
      const activation = run.activations.get(id);
      if (!activation || activation.endedAt !== undefined || activation.signal !== undefined) return [];
      return [{ type: "signal.received", node: activation.node, activation: id, signal, name, payload }];
    }
    case "resolve": {
      const { activation: id, decision, by, output } = entry;
      const activation = run.activations.get(id);
      const open = activation?.tools.find(({ endedAt }) => endedAt === undefined);
      if (activation?.status !== "in_doubt" || !open) return [];
      const { node } = activation;
      const more = output === undefined ? {} : { output };
      return [{ type: "node.resolved", node, activation: id, call: open.call, decision, by, ...more }];
    }
  }
}

function childFacts(run: Run, entry: Extract<InboxEntry, { kind: "child" }>): readonly RunFact[] {
  const { activation: id, child, status, output, error } = entry;
  const activation = run.activations.get(id);
  if (!activation || activation.endedAt !== undefined || activation.child?.run !== child) return [];
  // what a child says of itself in one moment may come in any order; after its end nothing is news
  if (activation.child.status !== "running" && activation.child.status !== "waiting") return [];
  const about = { node: activation.node, activation: id, child };
  if (status === "waiting") return [{ type: "subflow.waiting", ...about }];
  if (status === "running") return [{ type: "subflow.resumed", ...about }];
  const result = { ...(output === undefined ? {} : { output }), ...(error === undefined ? {} : { error }) };
  return [{ type: "subflow.ended", ...about, status, ...result }];
}

function voteFacts(run: Run, vote: Extract<InboxEntry, { kind: "vote" }>): readonly RunFact[] {
  const approval = run.approvals.get(vote.approval);
  if (approval?.status !== "pending") return [];
  const { by, comment, values, decision, decided } = vote;
  const about = { node: approval.node, activation: approval.activation, approval: approval.id };
  const said = {
    by,
    ...(comment === undefined ? {} : { comment }),
    ...(values === undefined ? {} : { values }),
  };
  const voted: RunFact = { type: "approval.voted", ...about, decision, ...said };
  return decided === undefined ? [voted] : [voted, { type: "approval.decided", ...about, decision: decided, ...said }];
}
