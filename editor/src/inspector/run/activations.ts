import type { Activation, ActivationStatus, ModelCall, ToolRun } from "@signalbox/shared/run";

/** How an activation stands, in a word. */
export const activationWords: Record<ActivationStatus, string> = {
  queued: "Queued",
  running: "Running",
  streaming: "Answering",
  waiting: "Waiting",
  retrying: "Retrying",
  in_doubt: "In doubt",
  succeeded: "Succeeded",
  failed: "Failed",
  skipped: "Skipped",
  cancelled: "Cancelled",
  reused: "Reused",
};

/** Which of a node's activations this is: `items #14`, `revise #2 › items #14`. */
export function activationName({ id, node }: Pick<Activation, "id" | "node">): string {
  const scope = id.startsWith(`${node}@`) ? id.slice(node.length + 1) : "";
  return scope === "" ? "the only one" : scope.replaceAll("#", " #").replaceAll("/", " › ");
}

/** How long an activation has worked; undefined while nobody can say. */
export function durationMs({ startedAt, endedAt }: { startedAt?: string; endedAt?: string }): number | undefined {
  if (startedAt === undefined || endedAt === undefined) return undefined;
  return Math.max(0, Date.parse(endedAt) - Date.parse(startedAt));
}

/** One thing that an activation did. */
export type Step = { kind: "model"; at: string; call: ModelCall } | { kind: "tool"; at: string; call: ToolRun };

/** What an activation did, in the order in which it was begun. */
export function stepsOf({ models, tools }: Pick<Activation, "models" | "tools">): Step[] {
  const steps: Step[] = [
    ...models.map((call) => ({ kind: "model" as const, at: call.startedAt, call })),
    ...tools.map((call) => ({ kind: "tool" as const, at: call.startedAt, call })),
  ];
  return steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
