import * as z from "zod";
import { JsonObject } from "../../json/index.ts";
import { defineNode, field, inForm } from "../define.ts";
import { expressionAt, templatesIn, workFields } from "../fields.ts";

const CredentialRef = z.strictObject({ $credential: z.string().max(100) });

export const tool = defineNode({
  type: "tool",
  title: "Tool",
  summary: "One call of one tool: an HTTP request, a piece of code. Wire it to an agent to let the agent call it.",
  group: "work",
  role: "step",
  runnable: true,
  data: z.strictObject({
    label: workFields.label,
    tool: z.string().max(200).optional().meta(field("Tool", "tool")),
    arguments: JsonObject.optional().meta(
      field("Arguments", "arguments", "What is fixed here is hidden from an agent that uses this tool."),
    ),
    approval: z
      .string()
      .max(2048)
      .optional()
      .meta(
        inForm(field("Ask a person", "expression", "never, always, or an expression over args: args.amount > 100."), {
          more: true,
        }),
      ),
    constraint: z
      .string()
      .max(2048)
      .optional()
      .meta(
        inForm(
          field(
            "Allowed when",
            "expression",
            "Over args, as: args.amount <= 100. A call that is not allowed is refused.",
          ),
          { more: true },
        ),
      ),
    idempotent: z
      .boolean()
      .optional()
      .meta(
        inForm(
          { title: "Safe to repeat", description: "Calling it twice is the same as calling it once." },
          { more: true },
        ),
      ),
    credential: CredentialRef.optional().meta(field("Credential", "credential")),
    retry: workFields.retry,
    timeout: workFields.timeout,
    join: workFields.join,
    comment: workFields.comment,
  }),
  required: () => ["tool"],
  handles: () => [
    { id: "out", label: "" },
    { id: "error", label: "Error", tone: "bad" },
  ],
  uses: false,
  usable: true,
  expressions: (data) => [
    // code is never interpolated: data must not become program
    ...templatesIn(omit(data.arguments, "code"), ["arguments"]),
    ...argsSite(data.constraint, "constraint"),
    ...(data.approval === "never" || data.approval === "always" ? [] : argsSite(data.approval, "approval")),
  ],
  output: ({ tool: name }, context) => (name ? (context.tool(name)?.output ?? null) : null),
  initial: { tool: "http.request", arguments: { method: "GET", url: "https://example.com" } },
});

function argsSite(source: string | undefined, name: string) {
  const locals = [{ name: "args", schema: null }];
  return expressionAt(source, [name], "boolean").map((site) => ({ ...site, locals }));
}

function omit(value: JsonObject | undefined, key: string): JsonObject | undefined {
  if (!value) return undefined;
  const { [key]: _left, ...rest } = value;
  return rest;
}
