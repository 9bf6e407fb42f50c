import type { Activation, ActivationStatus, Run } from "@signalbox/shared/run";
import { titleOf } from "../nodes/cards.ts";

/** One activation as a bar of the waterfall; times in milliseconds since the run's start. */
export interface Bar {
  id: string;
  node: string;
  /** What the node is called, and which item or call of several it was. */
  name: string;
  /** How deep it lies: in a frame's lane, or called by an agent. */
  depth: number;
  status: ActivationStatus;
  from: number;
  to: number;
  tokens: number;
}

/** The waterfall of a run: activations in the order in which they began. Skipped ones have no bar. */
export function barsOf(run: Run, now: number): { bars: Bar[]; total: number } {
  const start = run.startedAt === null ? now : Date.parse(run.startedAt);
  const end = run.endedAt === null ? now : Date.parse(run.endedAt);
  const bars: Bar[] = [];
  for (const activation of run.activations.values()) {
    const { id, node, status, startedAt, endedAt, usage } = activation;
    if (startedAt === undefined) continue;
    bars.push({
      id,
      node,
      name: nameOf(run, activation),
      depth: depthOf(activation),
      status,
      from: Date.parse(startedAt) - start,
      to: (endedAt === undefined ? end : Date.parse(endedAt)) - start,
      tokens: usage.inputTokens + usage.outputTokens,
    });
  }
  return { bars, total: Math.max(1, end - start) };
}

function depthOf({ scope, by }: Activation): number {
  const frames = scope === "" ? 0 : scope.split("/").length;
  return Math.min(6, by === undefined ? Math.ceil(frames / 2) : frames);
}

function nameOf(run: Run, { node, scope }: Activation): string {
  const drawn = run.plan.nodes.get(node)?.node;
  const [, count] = /#(\d+)$/.exec(scope) ?? [];
  const title = drawn ? titleOf(drawn) : node;
  return count === undefined ? title : `${title} #${count}`;
}
