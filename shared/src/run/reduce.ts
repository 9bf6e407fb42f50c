import type { RunEvent } from "../events/index.ts";
import { bodyOf } from "../graph/index.ts";
import { reduceCall } from "./reduce-call.ts";
import { reduceFrame } from "./reduce-frame.ts";
import { reduceNode } from "./reduce-node.ts";
import { reducePeople } from "./reduce-people.ts";
import { reduceSubflow } from "./reduce-subflow.ts";
import { closeScope, openScope } from "./settle.ts";
import type { Run } from "./state.ts";

/**
 * The run after one more event: the engine recovers with it, the live view and the replay draw with it. Total and the
 * same for the same events. Folds into the maps of the run it is given and gives that run back; see `snapshotRun`.
 */
export function reduceRun(run: Run, event: RunEvent): Run {
  run.seq = event.seq;
  switch (event.type) {
    case "run.created":
    case "run.started":
    case "run.claimed":
    case "run.released":
    case "run.waiting":
    case "run.resumed":
    case "run.cancel_requested":
    case "run.completed":
    case "run.failed":
    case "run.cancelled":
      reduceLife(run, event);
      return run;
    case "node.started":
    case "node.completed":
    case "node.failed":
    case "node.retrying":
    case "node.skipped":
    case "node.cancelled":
    case "node.waiting":
    case "node.in_doubt":
    case "node.resolved":
    case "node.late":
    case "edge.taken":
    case "edge.dead":
      reduceNode(run, event);
      return run;
    case "frame.started":
    case "frame.lane_started":
    case "frame.lane_ended":
    case "loop.iterated":
    case "loop.ended":
      reduceFrame(run, event);
      return run;
    case "subflow.started":
    case "subflow.waiting":
    case "subflow.resumed":
    case "subflow.ended":
      reduceSubflow(run, event);
      return run;
    case "model.called":
    case "model.responded":
    case "tool.called":
    case "tool.returned":
    case "tool.refused":
    case "budget.exceeded":
      reduceCall(run, event);
      return run;
    case "approval.requested":
    case "approval.voted":
    case "approval.decided":
    case "approval.expired":
    case "approval.reminded":
    case "approval.escalated":
    case "timer.set":
    case "timer.fired":
    case "signal.received":
    case "question.asked":
    case "question.answered":
      reducePeople(run, event);
      return run;
  }
}

type LifeEvent = Extract<RunEvent, { type: `run.${string}` }>;

function reduceLife(run: Run, event: LifeEvent): void {
  switch (event.type) {
    case "run.created":
      run.id = event.run;
      run.workflow = event.workflow;
      run.version = event.version;
      run.input = event.input;
      if (event.by !== undefined) run.by = event.by;
      if (event.parent !== undefined) run.parent = event.parent;
      if (event.parentActivation !== undefined) run.parentActivation = event.parentActivation;
      if (event.root !== undefined) run.root = event.root;
      run.depth = event.depth ?? 0;
      run.createdAt = event.at;
      return;
    case "run.started":
      run.status = "running";
      run.startedAt = event.at;
      openScope(run, { id: "", parent: null, frame: null, lane: "", index: 0, body: bodyOf(run.plan, "") });
      return;
    case "run.claimed":
      run.epoch = event.epoch;
      return;
    case "run.released":
      return;
    case "run.waiting":
      run.status = "waiting";
      return;
    case "run.resumed":
      run.status = "running";
      return;
    case "run.cancel_requested":
      run.cancelRequested = event.by === undefined ? {} : { by: event.by };
      closeScope(run, "", { outcome: "cancelled" });
      return;
    case "run.completed":
      run.output = event.output;
      end(run, "completed", event.at);
      return;
    case "run.failed":
      run.error = event.error;
      end(run, "failed", event.at);
      return;
    case "run.cancelled":
      end(run, "cancelled", event.at);
      return;
  }
}

function end(run: Run, status: "completed" | "failed" | "cancelled", at: string): void {
  run.status = status;
  run.endedAt = at;
  run.scopes.clear();
  run.timers.clear();
  for (const pending of Object.values(run.agenda)) pending.clear();
}
