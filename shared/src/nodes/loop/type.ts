import * as z from "zod";
import { defineNode, field } from "../define.ts";
import { Expression, expressionAt, frameFields } from "../fields.ts";

export const loop = defineNode({
  type: "loop",
  title: "Loop",
  summary: "A frame whose body repeats until a condition is true.",
  group: "flow",
  role: "frame",
  runnable: true,
  data: z.strictObject({
    label: frameFields.label,
    join: frameFields.join,
    until: Expression.optional().meta(
      field("Until", "expression", "Looked at after each pass, with what it gave in reach; iteration counts from 1."),
    ),
    maxIterations: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .meta({ title: "Most passes", description: "After so many it goes on by Exhausted, or fails." }),
    retry: frameFields.retry,
    timeout: frameFields.timeout,
    comment: frameFields.comment,
  }),
  unsupported: ({ retry }) => (retry ? ["retry"] : []),
  required: () => ["until", "maxIterations"],
  handles: () => [
    { id: "out", label: "" },
    { id: "exhausted", label: "Exhausted", tone: "bad" },
    { id: "error", label: "Error", tone: "bad" },
  ],
  uses: false,
  usable: false,
  expressions: ({ until }) =>
    expressionAt(until, ["until"], "boolean").map((site) => ({ ...site, inside: true as const })),
  output: () => null,
  initial: { until: "true", maxIterations: 10 },
});
