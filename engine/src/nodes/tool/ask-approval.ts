import { createHash } from "node:crypto";
import { canonicalJson, type Json, type JsonObject, type JsonSchema } from "@signalbox/shared/json";
import type { NodeOf } from "@signalbox/shared/nodes";
import { SignalboxError } from "../../errors.ts";
import type { Tool } from "../../tools/tool.ts";
import type { WorkContext } from "../runner.ts";

/** The arguments that a person has let through, or that nobody needs to be asked about; "suspended" until they answer. */
export async function approvedArguments(
  node: NodeOf<"tool">,
  tool: Tool,
  args: JsonObject,
  context: WorkContext,
): Promise<JsonObject | "suspended"> {
  if (!isAsked(node, args, context)) return args;
  const id = approvalId(context);
  const digest = digestOf(tool, args, context);
  const approval = context.approval(id);
  if (!approval) {
    await ask(node, tool, args, { id, digest }, context);
    return "suspended";
  }
  if (approval.status === "pending") return "suspended";
  const last = approval.votes.at(-1);
  if (approval.status !== "approved") {
    const why = last?.comment ? `: ${last.comment}` : ".";
    return await refuse(node, tool, `${last?.by ?? "A person"} did not allow this call${why}`, context);
  }
  // what was asked about is what is done: anything else would need another answer
  if (approval.call?.digest !== digest) {
    return await refuse(node, tool, "The call is not the one that was approved.", context);
  }
  const edited = isObject(last?.values) ? last.values.arguments : undefined;
  return isObject(edited) ? { ...edited, ...fixedOf(node, args) } : args;
}

function isAsked(
  { id, data: { approval = "never" } }: NodeOf<"tool">,
  args: JsonObject,
  context: WorkContext,
): boolean {
  if (approval === "never" || approval === "always") return approval === "always";
  const answer = context.values({ args }).expression(approval);
  if (typeof answer === "boolean") return answer;
  const detail = `"Ask a person" of ${id} is neither true nor false: "${approval}".`;
  throw new SignalboxError("expression_failed", detail, { retryable: false });
}

async function ask(
  { id: node, data }: NodeOf<"tool">,
  tool: Tool,
  args: JsonObject,
  { id, digest }: { id: string; digest: string },
  { activation, record }: WorkContext,
): Promise<void> {
  const open = Object.keys(args).filter((name) => !Object.hasOwn(data.arguments ?? {}, name));
  await record([
    {
      type: "approval.requested",
      node,
      activation,
      approval: id,
      // made from what would be done, never from what a model says about it
      title: `Allow ${data.label ?? node} to call ${tool.name}?`,
      show: { tool: tool.name, arguments: args },
      quorum: 1,
      call: { tool: tool.name, arguments: args, digest },
      ...(open.length === 0 ? {} : { form: formOf(tool.input, open) }),
    },
  ]);
}

/** What a person may edit: the arguments that are not fixed on the canvas. */
function formOf(input: JsonSchema, open: readonly string[]): JsonObject {
  const properties = isObject(input.properties) ? input.properties : {};
  const own = Object.fromEntries(open.map((name) => [name, properties[name] ?? {}]));
  return {
    type: "object",
    properties: { arguments: { type: "object", properties: own, additionalProperties: false } },
  };
}

function fixedOf({ data }: NodeOf<"tool">, args: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(args).filter(([name]) => Object.hasOwn(data.arguments ?? {}, name)));
}

async function refuse(node: NodeOf<"tool">, tool: Tool, reason: string, context: WorkContext): Promise<never> {
  const { activation } = context;
  await context.record([
    { type: "tool.refused", node: node.id, activation, call: "1", tool: tool.name, reason, rule: "approval" },
  ]);
  throw new SignalboxError("tool_refused", reason, { retryable: false });
}

/** Asked anew for every attempt: one answer is for one execution. */
function approvalId({ run, activation, attempt }: WorkContext): string {
  const id = createHash("sha256").update(`${run}\n${activation}\n${attempt}\ncall`).digest("hex");
  return `apr_${id.slice(0, 24)}`;
}

function digestOf(tool: Tool, args: JsonObject, { run, activation, attempt }: WorkContext): string {
  const bound = { run, activation, attempt, tool: tool.name, input: tool.input, args };
  return createHash("sha256").update(canonicalJson(bound)).digest("hex");
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value);
}
