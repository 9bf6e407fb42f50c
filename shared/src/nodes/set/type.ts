import * as z from "zod";
import { type Json, type JsonObject, Json as JsonValue } from "../../json/index.ts";
import { defineNode, field } from "../define.ts";
import { instantFields, templatesIn } from "../fields.ts";

export const set = defineNode({
  type: "set",
  title: "Set",
  summary: "Shapes data: gives names to values made from what came before.",
  group: "data",
  role: "step",
  runnable: true,
  data: z.strictObject({
    label: instantFields.label,
    values: z.record(z.string().max(200), JsonValue).optional().meta(field("Values", "template-map")),
    join: instantFields.join,
    retry: instantFields.retry,
    timeout: instantFields.timeout,
    comment: instantFields.comment,
  }),
  required: () => ["values"],
  handles: () => [{ id: "out", label: "" }],
  uses: false,
  usable: false,
  expressions: ({ values }) => templatesIn(values, ["values"]),
  output: ({ values = {} }) => ({
    type: "object",
    properties: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shapeOf(value)])),
    required: Object.keys(values),
    additionalProperties: false,
  }),
  initial: { values: {} },
});

/** A value that is only an expression keeps that expression's type, which is not known here. */
function shapeOf(value: Json): JsonObject {
  if (typeof value === "string") return value.includes("{{") && isOnlyExpression(value) ? {} : { type: "string" };
  if (typeof value === "number") return { type: "number" };
  if (typeof value === "boolean") return { type: "boolean" };
  return {};
}

function isOnlyExpression(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.startsWith("{{") && trimmed.endsWith("}}");
}
