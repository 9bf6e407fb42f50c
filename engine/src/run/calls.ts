import type { RunEvent } from "@signalbox/shared/events";
import type { Run } from "@signalbox/shared/run";
import type { Call, InboxEntry } from "../store/store.ts";

/** What other runs must hear of these events; kept in the same transaction, so that no crash can come between. */
export function callsOf(run: Run, events: readonly RunEvent[]): Call[] {
  return events.flatMap((event) => {
    const up = toParent(run, event);
    const down = toChild(run, event);
    return [...(up ? [up] : []), ...(down ? [down] : [])];
  });
}

function toParent({ id: child, parent, parentActivation: activation }: Run, event: RunEvent): Call | undefined {
  if (parent === undefined || activation === undefined) return undefined;
  const call = (about: Pick<Extract<InboxEntry, { kind: "child" }>, "status" | "output" | "error">): Call => {
    return { run: parent, entry: { kind: "child", activation, child, ...about } };
  };
  if (event.type === "run.waiting") return call({ status: "waiting" });
  if (event.type === "run.resumed") return call({ status: "running" });
  if (event.type === "run.completed") return call({ status: "completed", output: event.output });
  if (event.type === "run.failed") return call({ status: "failed", error: event.error });
  return event.type === "run.cancelled" ? call({ status: "cancelled" }) : undefined;
}

/** A child whose node has ended without it is of no use any more. */
function toChild(run: Run, event: RunEvent): Call | undefined {
  if (event.type !== "node.cancelled" && event.type !== "node.failed") return undefined;
  const child = run.activations.get(event.activation)?.child;
  if (child?.status !== "running" && child?.status !== "waiting") return undefined;
  return { run: child.run, entry: { kind: "cancel", by: run.cancelRequested?.by ?? run.by ?? run.id } };
}
