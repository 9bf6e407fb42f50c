import type { EventOf, RunEvent } from "../events/index.ts";
import { changeActivation, timeOutFrame } from "./settle.ts";
import type { ApprovalRun, Run } from "./state.ts";

type PeopleEvent = Extract<RunEvent, { type: `approval.${string}` | `timer.${string}` | `signal.${string}` }>;

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
      changeApproval(run, event.approval, () => ({ status: event.decision }));
      run.agenda.wakes.add(event.activation);
      return;
    case "approval.expired":
      changeApproval(run, event.approval, () => ({ status: "expired" }));
      run.agenda.wakes.add(event.activation);
      return;
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
    case "signal.received":
      changeActivation(run, event.activation, { signal: event.payload });
      run.agenda.wakes.add(event.activation);
      return;
  }
}

function requested(run: Run, event: EventOf<"approval.requested">): void {
  const { approval: id, node, activation, title, body, show, form, dueAt, quorum, at } = event;
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
  });
  changeActivation(run, activation, { status: "waiting", approval: id });
}

function changeApproval(run: Run, id: string, change: (approval: ApprovalRun) => Partial<ApprovalRun>): void {
  const before = run.approvals.get(id);
  if (before) run.approvals.set(id, { ...before, ...change(before) });
}
