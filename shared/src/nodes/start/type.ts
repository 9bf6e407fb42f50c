import * as z from "zod";
import { JsonObject } from "../../json/index.ts";
import { defineNode, field } from "../define.ts";
import { commonFields, remarkFields } from "../fields.ts";

const Trigger = z.looseObject({ kind: z.enum(["manual", "webhook", "schedule", "form", "chat"]) }).and(JsonObject);

export const start = defineNode({
  type: "start",
  title: "Start",
  summary: "Where a run begins. Its input is what you give when you press Run.",
  group: "flow",
  role: "entry",
  runnable: true,
  data: z.strictObject({
    ...remarkFields,
    label: commonFields.label,
    triggers: z.array(Trigger).max(50).optional().meta(field("Triggers", "hidden")),
  }),
  required: () => [],
  unsupported: ({ triggers = [] }) =>
    triggers.flatMap(({ kind }, index) => (kind === "manual" ? [] : [`triggers.${index}`])),
  handles: () => [{ id: "out", label: "" }],
  uses: false,
  usable: false,
  expressions: () => [],
  output: () => null,
  initial: {},
});
