import type { RunEvent } from "../events/index.ts";
import { bodyOf } from "../graph/index.ts";
import { attendFrame, openScope } from "./settle.ts";
import type { Run } from "./state.ts";

type FrameEvent = Extract<RunEvent, { type: `frame.${string}` }>;

/** What happened to frames and their lanes. */
export function reduceFrame(run: Run, event: FrameEvent): void {
  switch (event.type) {
    case "frame.started": {
      const { activation, node, lanes, items, concurrency, join } = event;
      run.frames.set(activation, {
        activation,
        node,
        lanes,
        concurrency,
        join,
        started: 0,
        outcomes: [],
        errors: new Map(),
        openScopes: new Set(),
        counts: { running: 0, succeeded: 0, failed: 0, cancelled: 0 },
        isForEach: items !== undefined,
        ...(Array.isArray(items) ? { items } : {}),
      });
      attendFrame(run, activation);
      return;
    }
    case "frame.lane_started": {
      const { activation, node, lane, scope } = event;
      const frame = run.frames.get(activation);
      if (!frame) return;
      const index = frame.started;
      frame.started += 1;
      frame.counts.running += 1;
      frame.outcomes[index] = "running";
      frame.openScopes.add(scope);
      const body = frame.isForEach ? bodyOf(run.plan, node) : run.plan.lanes.get(node)?.get(lane);
      const parent = run.activations.get(activation)?.scope ?? "";
      if (body) openScope(run, { id: scope, parent, frame: activation, lane, index, body });
      attendFrame(run, activation);
      return;
    }
    case "frame.lane_ended": {
      const { activation, scope: id, outcome, error } = event;
      const frame = run.frames.get(activation);
      const scope = run.scopes.get(id);
      if (!frame || !scope) return;
      frame.counts.running -= 1;
      frame.counts[outcome] += 1;
      frame.outcomes[scope.index] = outcome;
      if (error) frame.errors.set(scope.index, error);
      frame.openScopes.delete(id);
      run.scopes.delete(id);
      run.agenda.rest.delete(id);
      run.agenda.closing.delete(id);
      attendFrame(run, activation);
      return;
    }
  }
}
