import * as z from "zod";
import { Json } from "../../json/index.ts";
import { defineNode, field } from "../define.ts";
import { commonFields, Duration, instantFields, SchemaField, Template, templatesIn } from "../fields.ts";
import { Assignee } from "./assignee.ts";

const wordOf = (assignee: Assignee) => ("role" in assignee ? "role" : "user");

export const approval = defineNode({
  type: "approval",
  title: "Approval",
  summary: "Waits for a person to approve or reject.",
  group: "people",
  role: "step",
  runnable: true,
  data: z.strictObject({
    label: commonFields.label,
    title: Template.optional().meta(field("Title", "template", "The question, as the person will read it.")),
    body: Template.optional().meta(field("Text", "template-multiline")),
    show: z.record(z.string(), Json).optional().meta(field("What is to be judged", "template-map")),
    form: SchemaField.optional().meta(field("What may be edited", "json-schema")),
    dueIn: Duration.optional().meta(
      field("Due in", "duration", "After that others are asked, or the Expired way is taken."),
    ),
    quorum: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .meta({ title: "How many must agree", description: "One, unless you say more." }),
    fourEyes: z
      .boolean()
      .optional()
      .meta({ title: "Not who started it", description: "Whoever started the run may not decide." }),
    assignees: z
      .array(Assignee)
      .max(100)
      .optional()
      .meta(field("Who decides", "assignees", "Anyone in the space, unless someone is named.")),
    remindIn: Duration.optional().meta(field("Remind in", "duration", "Once, if nobody has decided by then.")),
    escalateTo: Assignee.optional().meta(
      field("Escalate to", "assignee", "Asked in their place when it is due, with as long again."),
    ),
    join: commonFields.join,
    retry: instantFields.retry,
    timeout: instantFields.timeout,
    comment: commonFields.comment,
  }),
  // a place that names nobody would wait for nobody
  required: ({ assignees = [], escalateTo }) => [
    "title",
    ...assignees.map((assignee, index) => `assignees.${index}.${wordOf(assignee)}`),
    ...(escalateTo === undefined ? [] : [`escalateTo.${wordOf(escalateTo)}`]),
  ],
  onlyWith: { escalateTo: "dueIn" },
  handles: () => [
    { id: "approved", label: "Approved", tone: "good" },
    { id: "rejected", label: "Rejected", tone: "bad" },
    { id: "expired", label: "Expired", tone: "bad" },
  ],
  uses: false,
  usable: false,
  schemas: ["form"],
  expressions: ({ title, body, show }) => [
    ...templatesIn(title, ["title"]),
    ...templatesIn(body, ["body"]),
    ...templatesIn(show, ["show"]),
  ],
  output: ({ form }) => ({
    type: "object",
    properties: {
      decision: { enum: ["approved", "rejected", "expired"] },
      by: { type: "string" },
      comment: { type: "string" },
      values: form ?? { type: "object" },
    },
    required: ["decision"],
  }),
  initial: { title: "Please approve" },
});
