import * as z from "zod";
import { defineNode, field } from "../define.ts";
import { commonFields, Expression, expressionAt, LaneJoin } from "../fields.ts";

export const parallel = defineNode({
  type: "parallel",
  title: "Parallel",
  summary: "A frame: what is drawn inside runs at the same time, as lanes or once for each item of a list.",
  group: "flow",
  role: "frame",
  runnable: true,
  data: z.strictObject({
    label: commonFields.label,
    mode: z.enum(["lanes", "forEach"]).optional().meta({ title: "Runs" }),
    items: Expression.optional().meta(field("Items", "expression", "A list. Inside, item and index stand for each.")),
    concurrency: z.int().min(1).max(1000).optional().meta({ title: "At once", description: "10 unless set." }),
    join: LaneJoin.optional().meta({ title: "Done when" }),
    comment: commonFields.comment,
  }),
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
