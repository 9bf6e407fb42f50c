import * as z from "zod";
import { defineNode, field, inForm } from "../define.ts";
import { Duration, SchemaField, Template, templatesIn, workFields } from "../fields.ts";

const Budget = z.strictObject({
  tokens: z.int().min(1).optional().meta({ title: "Tokens" }),
  costUsd: z.number().positive().optional().meta({ title: "Cost in US dollars" }),
  time: Duration.optional().meta(field("Time", "duration")),
  toolCalls: z.int().min(0).optional().meta({ title: "Tool calls" }),
});

const Memory = z.strictObject({
  conversation: Template.optional().meta(field("Conversation key", "template")),
  facts: Template.optional().meta(field("Facts key", "template")),
});

const ToolChoice = z.union([z.enum(["auto", "required", "none"]), z.strictObject({ tool: z.string().max(63) })]);

export const agent = defineNode({
  type: "agent",
  title: "Agent",
  summary: "A model with instructions and tools that works until it has an answer.",
  group: "work",
  role: "step",
  runnable: true,
  data: z.strictObject({
    label: workFields.label,
    model: z.string().max(300).optional().meta(field("Model", "model")),
    instructions: Template.optional().meta(
      field("Instructions", "template-multiline", "Who it is and how it should work."),
    ),
    prompt: Template.optional().meta(
      field("Prompt", "template-multiline", "What it is asked this time. {{ … }} takes in values from before."),
    ),
    output: SchemaField.optional().meta(
      field("Output", "json-schema", "The fields of the answer. Without any, the answer is text."),
    ),
    maxSteps: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .meta(inForm({ title: "Most model calls", description: "20 unless set." }, { more: true })),
    budget: Budget.optional().meta(inForm({ title: "Budget" }, { more: true })),
    toolChoice: ToolChoice.optional().meta(
      inForm(
        { title: "Tool choice" },
        {
          more: true,
          usual: "auto",
          labels: { auto: "The model decides", required: "Must call a tool", none: "No tools", tool: "This tool" },
        },
      ),
    ),
    memory: Memory.optional().meta({ title: "Memory", editor: "hidden" }),
    mayAsk: z
      .boolean()
      .optional()
      .meta(inForm({ title: "May ask people", description: "On unless switched off." }, { more: true, usual: "true" })),
    temperature: z
      .number()
      .min(0)
      .max(2)
      .optional()
      .meta(inForm({ title: "Temperature", description: "From 0 to 2; the model's own unless set." }, { more: true })),
    reasoning: z
      .enum(["minimal", "low", "medium", "high"])
      .optional()
      .meta(
        inForm(
          { title: "Reasoning" },
          { more: true, labels: { minimal: "Minimal", low: "Low", medium: "Medium", high: "High" } },
        ),
      ),
    retry: workFields.retry,
    timeout: workFields.timeout,
    join: workFields.join,
    comment: workFields.comment,
  }),
  required: () => ["model", "prompt"],
  requiredInFlow: ["prompt"],
  unsupported: ({ memory }) => (memory ? ["memory"] : []),
  handles: () => [
    { id: "out", label: "" },
    { id: "error", label: "Error", tone: "bad" },
    { id: "budget", label: "Budget", tone: "bad" },
  ],
  uses: true,
  usable: true,
  schemas: ["output"],
  expressions: ({ instructions, prompt, memory }) => [
    ...templatesIn(instructions, ["instructions"]),
    ...templatesIn(prompt, ["prompt"]),
    ...templatesIn(memory?.conversation, ["memory", "conversation"]),
    ...templatesIn(memory?.facts, ["memory", "facts"]),
  ],
  output: ({ output }) =>
    output ?? {
      type: "object",
      properties: { text: { type: "string" } },
      required: ["text"],
      additionalProperties: false,
    },
  initial: { model: "simulated", prompt: "{{ input }}" },
});
