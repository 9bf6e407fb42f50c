import { isBlobRef } from "@signalbox/shared/events";
import type { Activation, ActivationStatus, ApprovalRun, Run } from "@signalbox/shared/run";

/** What a card shows of one node in a run: all its activations as one. */
export interface NodeRunView {
  status: ActivationStatus | "idle";
  activations: readonly Activation[];
  /** The one that matters most now: what works or waits, else the last. */
  latest: Activation | undefined;
  counts: Readonly<Partial<Record<ActivationStatus, number>>>;
  /** Model text, as it streams or as the last call gave it. */
  text: string | undefined;
  /** What a person is asked here. */
  approval: ApprovalRun | undefined;
}

export const idleView: NodeRunView = {
  status: "idle",
  activations: [],
  latest: undefined,
  counts: {},
  text: undefined,
  approval: undefined,
};

/** Of several activations, the state that a person most needs to see. */
const loudest: readonly ActivationStatus[] = [
  "in_doubt",
  "waiting",
  "streaming",
  "running",
  "retrying",
  "queued",
  "failed",
  "cancelled",
  "succeeded",
  "reused",
  "skipped",
];

/**
 * One node as it stands; `streaming` holds the text that a model is saying right now, by activation. `newest` picks
 * those that say how it stands now: in a loop, what an earlier pass came to is past.
 */
export function viewNode(
  run: Run,
  ids: readonly string[],
  streaming: ReadonlyMap<string, string>,
  newest: (activations: readonly Activation[]) => readonly Activation[] = (all) => all,
): NodeRunView {
  const activations = ids.flatMap((id) => run.activations.get(id) ?? []);
  if (activations.length === 0) return idleView;
  const counts: Partial<Record<ActivationStatus, number>> = {};
  for (const activation of activations) {
    const status = statusOf(activation, streaming);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  const byStatus = new Map(newest(activations).map((one) => [statusOf(one, streaming), one]));
  const status = loudest.find((one) => byStatus.has(one)) ?? "idle";
  const latest = status === "idle" ? activations.at(-1) : byStatus.get(status);
  const text = latest ? (streaming.get(latest.id) ?? lastText(latest)) : undefined;
  return { status, activations, latest, counts, text, approval: pendingApproval(run, activations) };
}

/** How an activation stands on the screen: `streaming` is a running one whose model is speaking. */
function statusOf({ id, status }: Activation, streaming: ReadonlyMap<string, string>): ActivationStatus {
  return status === "running" && streaming.has(id) ? "streaming" : status;
}

function lastText({ models }: Activation): string | undefined {
  const text = models.findLast(({ response }) => response !== undefined)?.response?.text;
  return isBlobRef(text) ? text.preview : text;
}

function pendingApproval(run: Run, activations: readonly Activation[]): ApprovalRun | undefined {
  for (const { approval } of activations) {
    const found = approval === undefined ? undefined : run.approvals.get(approval);
    if (found?.status === "pending") return found;
  }
  return undefined;
}
