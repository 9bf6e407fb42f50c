import * as z from "zod";
import { defineNode, field, idPattern, inForm } from "../define.ts";
import { Expression, expressionAt, Template, templatesIn, workFields } from "../fields.ts";

const CaseId = z
  .string()
  .regex(idPattern, "A case's id starts with a small letter and holds only small letters, digits and underscores.")
  .refine((id) => id !== "else", '"else" is the way out when no case is true; choose another id.');

const Case = z.strictObject({
  id: CaseId,
  label: z.string().max(200).optional().meta({ title: "Label" }),
  when: Expression.optional().meta(field("When", "expression")),
  description: z.string().max(5000).optional().meta(field("Description", "multiline")),
});

export const branch = defineNode({
  type: "branch",
  title: "Branch",
  summary: "Picks the way on: the first case that is true, or else.",
  group: "flow",
  role: "step",
  runnable: true,
  data: z.strictObject({
    label: workFields.label,
    decide: z
      .enum(["expression", "model"])
      .optional()
      .meta(
        inForm(
          { title: "Decided by" },
          {
            usual: "expression",
            labels: { expression: "An expression for each case", model: "A model that reads the cases" },
          },
        ),
      ),
    mode: z
      .enum(["first", "all"])
      .optional()
      .meta(
        inForm(
          { title: "Takes" },
          { usual: "first", labels: { first: "One case: the first that fits", all: "Every case that fits" } },
        ),
      ),
    model: z
      .string()
      .max(300)
      .optional()
      .meta(inForm(field("Model", "model"), { onlyWhen: { decide: "model" } })),
    prompt: Template.optional().meta(
      inForm(field("Prompt", "template-multiline", "What the model decides about."), { onlyWhen: { decide: "model" } }),
    ),
    cases: z.array(Case).max(100).optional().meta(field("Cases", "cases")),
    join: workFields.join,
    retry: workFields.retry,
    timeout: workFields.timeout,
    comment: workFields.comment,
  }),
  required: ({ cases = [], decide }) => [
    "cases",
    ...(decide === "model" ? ["model", "prompt"] : []),
    ...cases.map((_, index) => `cases.${index}.${decide === "model" ? "description" : "when"}`),
  ],
  handles: ({ cases = [] }) => [
    ...cases.map(({ id, label }) => ({ id, label: label ?? id })),
    { id: "else", label: "Else" },
  ],
  uses: false,
  usable: false,
  expressions: ({ cases = [], prompt }) => [
    ...cases.flatMap(({ when }, index) => expressionAt(when, ["cases", index, "when"], "boolean")),
    ...templatesIn(prompt, ["prompt"]),
  ],
  output: ({ mode }) =>
    mode === "all"
      ? { type: "object", properties: { cases: { type: "array", items: { type: "string" } } }, required: ["cases"] }
      : { type: "object", properties: { case: { type: "string" } }, required: ["case"] },
  initial: { cases: [{ id: "yes", label: "Yes", when: "true" }] },
});
