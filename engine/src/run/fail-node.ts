import type { Failure, RunFact } from "@signalbox/shared/events";
import { durationMs, type Retry } from "@signalbox/shared/nodes";
import type { Run } from "@signalbox/shared/run";
import type { Moment } from "./moment.ts";

const defaultBackoff = "1s";
const defaultMaxDelay = "1m";

interface Attempt {
  node: string;
  activation: string;
  attempt: number;
}

/** What a failure leads to: another attempt, the way out drawn for it, or a failure of what holds the node. */
export function failNode(
  run: Run,
  about: Attempt,
  error: Failure,
  { retryable, retryAfterMs }: { retryable: boolean; retryAfterMs?: number | undefined },
  moment: Moment,
): readonly RunFact[] {
  const planned = run.plan.nodes.get(about.node);
  const retry = planned && "retry" in planned.node.data ? planned.node.data.retry : undefined;
  if (retryable && retry && about.attempt < (retry.attempts ?? 1)) {
    const delay = retryAfterMs ?? backoffMs(retry, about.attempt, moment.chance());
    const due = new Date(moment.now + delay).toISOString();
    const { node, activation } = about;
    return [
      { type: "node.retrying", ...about, error, due },
      { type: "timer.set", node, activation, timer: `retry:${activation}`, purpose: "retry", due },
    ];
  }
  const wired = (handle: string) => planned?.outgoing.some(({ sourceHandle }) => sourceHandle === handle) ?? false;
  const [handle] = (error.code === "budget_exceeded" ? ["budget", "error"] : ["error"]).filter(wired);
  return [{ type: "node.failed", ...about, error, handles: handle === undefined ? [] : [handle] }];
}

/** Doubled after each try, with a tenth of jitter so that many do not come back at once. */
function backoffMs({ backoff, maxDelay }: Retry, attempt: number, chance: number): number {
  const doubled = durationMs(backoff ?? defaultBackoff) * 2 ** (attempt - 1);
  return Math.round(Math.min(doubled, durationMs(maxDelay ?? defaultMaxDelay)) * (0.9 + 0.2 * chance));
}
