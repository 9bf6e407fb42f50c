import type { EventOf, RunEvent } from "../events/index.ts";
import { callersOf } from "./scope.ts";
import { changeActivation, timeOutFrame } from "./settle.ts";
import type { ApprovalRun, Run } from "./state.ts";

type PeopleEvent = Extract<
  RunEvent,
  { type: `approval.${string}` | `timer.${string}` | `signal.${string}` | `question.${string}` }
>;

/** What people, the clock and other systems did. */
export function reducePeople(run: Run, event: PeopleEvent): void {
  switch (event.type) {
    case "approval.requested":
      requested(run, event);
      return;
    case "approval.voted": {
      const { by, decision, comment, values } = event;
      const vote = {
        by,
        decision,
        ...(comment === undefined ? {} : { comment }),
        ...(values === undefined ? {} : { values }),
      };
      changeApproval(run, event.approval, ({ votes }) => ({ votes: [...votes, vote] }));
      return;
    }
    case "approval.decided":
      decided(run, event);
      return;
    case "approval.expired":
      changeApproval(run, event.approval, () => ({ status: "expired" }));
      run.agenda.wakes.add(event.activation);
      return;
    case "approval.reminded":
      changeApproval(run, event.approval, () => ({ remindedAt: event.at }));
      return;
    case "approval.escalated": {
      const { assignees, dueAt, at: escalatedAt } = event;
      changeApproval(run, event.approval, () => ({ assignees, dueAt, escalatedAt }));
      return;
    }
    case "timer.set": {
      const { timer, activation, node, purpose, due } = event;
      run.timers.set(timer, { id: timer, activation, node, purpose, due, fired: false });
      return;
    }
    case "timer.fired": {
      const timer = run.timers.get(event.timer);
      if (!timer) return;
      run.timers.set(event.timer, { ...timer, fired: true });
      if (timer.purpose === "timeout" && run.frames.has(event.activation)) timeOutFrame(run, event.activation);
      else run.agenda.wakes.add(event.activation);
      return;
    }
    case "question.asked":
      asked(run, event);
      return;
    case "question.answered":
      answered(run, event);
      return;
    case "signal.received":
      changeActivation(run, event.activation, { signal: event.payload });
      run.agenda.wakes.add(event.activation);
      return;
  }
}

function decided(run: Run, event: EventOf<"approval.decided">): void {
  const { activation, approval, decision } = event;
  changeApproval(run, approval, () => ({ status: decision }));
  // what works goes on by itself; what only waited is looked at
  if (run.approvals.get(approval)?.call) goOn(run, activation);
  else run.agenda.wakes.add(activation);
}

function asked(run: Run, event: EventOf<"question.asked">): void {
  const { question: id, node, activation, text, options, at: askedAt } = event;
  const more = options === undefined ? {} : { options };
  run.questions.set(id, { id, node, activation, status: "pending", text, askedAt, ...more });
  const questions = [...(run.activations.get(activation)?.questions ?? []), id];
  changeActivation(run, activation, { questions });
}

function answered(run: Run, { question, activation, answer, by }: EventOf<"question.answered">): void {
  const before = run.questions.get(question);
  if (before) run.questions.set(question, { ...before, status: "answered", answer, by });
  goOn(run, activation);
}

/** People have acted: what waited for them works again, and with it the agents that wait for its call. */
function goOn(run: Run, activation: string): void {
  for (const id of [activation, ...callersOf(run, activation)]) {
    if (run.activations.get(id)?.endedAt === undefined) changeActivation(run, id, { status: "running" });
  }
}

function requested(run: Run, event: EventOf<"approval.requested">): void {
  const { approval: id, node, activation, title, body, show, form, dueAt, quorum, call, assignees, notBy, at } = event;
  run.approvals.set(id, {
    id,
    node,
    activation,
    status: "pending",
    title,
    quorum,
    requestedAt: at,
    votes: [],
    ...(body === undefined ? {} : { body }),
    ...(show === undefined ? {} : { show }),
    ...(form === undefined ? {} : { form }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(call === undefined ? {} : { call }),
    ...(assignees === undefined ? {} : { assignees }),
    ...(notBy === undefined ? {} : { notBy }),
  });
  changeActivation(run, activation, { status: "waiting", approval: id });
}

function changeApproval(run: Run, id: string, change: (approval: ApprovalRun) => Partial<ApprovalRun>): void {
  const before = run.approvals.get(id);
  if (before) run.approvals.set(id, { ...before, ...change(before) });
}
