import * as z from "zod";
import { defineNode, field, inForm } from "../define.ts";
import { Expression, expressionAt, frameFields, LaneJoin } from "../fields.ts";

export const parallel = defineNode({
  type: "parallel",
  title: "Parallel",
  summary: "A frame: what is drawn inside runs at the same time, as lanes or once for each item of a list.",
  group: "flow",
  role: "frame",
  runnable: true,
  data: z.strictObject({
    label: frameFields.label,
    mode: z
      .enum(["lanes", "forEach"])
      .optional()
      .meta(
        inForm({ title: "Runs" }, { labels: { lanes: "All lanes at once", forEach: "Once for each item of a list" } }),
      ),
    items: Expression.optional().meta(
      inForm(field("Items", "expression", "A list. Inside, item and index stand for each."), {
        onlyWhen: { mode: "forEach" },
      }),
    ),
    concurrency: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .meta(inForm({ title: "At once", description: "10 unless set." }, { onlyWhen: { mode: "forEach" } })),
    join: LaneJoin.optional().meta(
      inForm(
        { title: "Done when" },
        {
          usual: "all",
          labels: {
            all: "All succeed",
            any: "One succeeds; the rest are cancelled",
            settled: "All have ended, well or not",
            count: "A number of them succeed",
          },
        },
      ),
    ),
    retry: frameFields.retry,
    timeout: frameFields.timeout,
    comment: frameFields.comment,
  }),
  unsupported: ({ retry }) => (retry ? ["retry"] : []),
  required: ({ mode }) => (mode === "forEach" ? ["mode", "items"] : ["mode"]),
  handles: () => [
    { id: "out", label: "" },
    { id: "error", label: "Error", tone: "bad" },
  ],
  uses: false,
  usable: false,
  expressions: ({ items }) => expressionAt(items, ["items"], "list"),
  output: () => null,
  initial: { mode: "lanes" },
});
