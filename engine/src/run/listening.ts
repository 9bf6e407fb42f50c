import type { EventOf, RunEvent } from "@signalbox/shared/events";
import type { Run } from "@signalbox/shared/run";
import type { Listening } from "../nodes/runner.ts";
import { runnerOf } from "../nodes/runners.ts";

/** The signal that an activation waits for (or waited for), where it is of a node that does. */
export function listeningOf(run: Run, activation: string): Listening | undefined {
  const found = run.activations.get(activation);
  const node = found && run.plan.nodes.get(found.node)?.node;
  const runner = node && runnerOf(node);
  return runner?.kind === "wait" && found?.input !== undefined ? runner.listens?.(found.input) : undefined;
}

type NodeEnd = EventOf<"node.completed"> | EventOf<"node.failed"> | EventOf<"node.cancelled">;

export function endsNode(event: RunEvent): event is NodeEnd {
  return event.type === "node.completed" || event.type === "node.failed" || event.type === "node.cancelled";
}
