import * as z from "zod";
import { defineNode, field } from "../define.ts";
import { Duration, Expression, expressionAt, instantFields, Template, templatesIn } from "../fields.ts";

const Signal = z.strictObject({
  name: z.string().max(200).optional().meta({ title: "Name" }),
  correlation: Template.optional().meta(field("Correlation", "template")),
});

export const wait = defineNode({
  type: "wait",
  title: "Wait",
  summary: "Waits for a time, or for a signal from outside.",
  group: "flow",
  role: "step",
  runnable: true,
  data: z.strictObject({
    label: instantFields.label,
    for: Duration.optional().meta(
      field("For", "duration", "So long. Set one of the three: a span, a time or a signal."),
    ),
    until: Expression.optional().meta(
      field("Until", "expression", "A time, as timestamp('2027-01-31T09:00:00Z') or text that is one."),
    ),
    signal: Signal.optional().meta({ title: "Signal", description: "Goes on when somebody outside sends it." }),
    transient: z.boolean().optional().meta({
      title: "Only while it waits",
      description: "A signal that was sent before does not count.",
    }),
    timeout: Duration.optional().meta(field("Give up after", "duration", "Then the way Expired is taken.")),
    join: instantFields.join,
    retry: instantFields.retry,
    comment: instantFields.comment,
  }),
  required: ({ until, signal }) => (signal ? ["signal.name"] : until === undefined ? ["for"] : []),
  exclusive: ["signal", "for", "until"],
  onlyWith: { transient: "signal" },
  handles: () => [
    { id: "out", label: "" },
    { id: "expired", label: "Expired", tone: "bad" },
  ],
  uses: false,
  usable: false,
  expressions: ({ until, signal }) => [
    ...expressionAt(until, ["until"], "timestamp"),
    ...templatesIn(signal?.correlation, ["signal", "correlation"]),
  ],
  output: ({ signal }) => (signal ? null : { type: "object" }),
  initial: { for: "10m" },
});
