import type { FactOf } from "@signalbox/shared/events";
import type { Run } from "@signalbox/shared/run";

/** Calls that had left when they were called off: nobody knows whether they took effect. */
export function unknownEffects(run: Run): FactOf<"run.cancelled">["unknown"] {
  return [...run.activations.values()].flatMap(({ node, id, status, tools }) =>
    status !== "cancelled"
      ? []
      : tools
          .filter(({ endedAt, resolved }) => endedAt === undefined && resolved === undefined)
          .map(({ tool }) => ({ node, activation: id, tool })),
  );
}
