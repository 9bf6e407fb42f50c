import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";
import { validateJson } from "@signalbox/shared/json-schema";
import type { DataOf, NodeOf } from "@signalbox/shared/nodes";
import { redactor } from "../../credentials/redact.ts";
import { secretsOf } from "../../credentials/send.ts";
import { SignalboxError } from "../../errors.ts";
import type { Tool } from "../../tools/tool.ts";
import { isIdempotent } from "../../tools/tool.ts";
import { effectKey } from "../effect-key.ts";
import { asFailure } from "../failure.ts";
import type { Done, Runner, Values, WorkContext } from "../runner.ts";
import { approvedArguments } from "./ask-approval.ts";

/** A tool node makes one call, so its call has one name. */
const theCall = "1";

export const runTool: Runner<"tool"> = {
  kind: "work",
  input: ({ data }, values) => fixedArguments(data, values),
  callable: {
    offer: ({ data }, tools) => {
      const tool = tools.get(data.tool ?? "");
      const description = data.label ? `${data.label}. ${tool?.description ?? ""}` : (tool?.description ?? "");
      return { description, input: withoutFixed(tool?.input ?? { type: "object" }, data.arguments ?? {}) };
    },
    // what is fixed on the canvas wins over whatever the model says
    input: ({ data }, values, args) => ({ ...args, ...fixedArguments(data, values) }),
  },
  work: async (node, context) => {
    const tool = context.tools.get(node.data.tool ?? "");
    if (!tool) {
      throw new SignalboxError("tool_unknown", `There is no tool "${node.data.tool ?? ""}". Choose one in ${node.id}.`);
    }
    const args = asObject(context.input);
    const known = context.known(context.activation)?.tools.find(({ call }) => call === theCall);
    if (known?.endedAt && known.error === undefined) return done(known.result ?? null);
    if (known?.resolved === "fail")
      throw new SignalboxError("tool_failed", known.error?.message ?? "It was settled as failed.");

    const inDoubt = known && known.endedAt === undefined && known.resolved !== "retry";
    if (inDoubt && !(node.data.idempotent ?? isIdempotent(tool, args))) {
      const { activation, attempt } = context;
      await context.record([
        { type: "node.in_doubt", node: node.id, activation, attempt, call: theCall, tool: tool.name },
      ]);
      return "suspended";
    }
    await refuseBadArguments(node.id, tool, node.data, args, context);
    const approved = await approvedArguments(node, tool, args, context);
    if (approved === "suspended") return "suspended";
    if (approved !== args) await refuseBadArguments(node.id, tool, node.data, approved, context);
    return done(await callTool(node, tool, approved, context));
  },
};

function done(output: Json): Done {
  return { handles: ["out"], output };
}

async function callTool(
  { id: node, data }: NodeOf<"tool">,
  tool: Tool,
  args: JsonObject,
  context: WorkContext,
): Promise<Json> {
  const { run, activation, signal, clock } = context;
  const credential = await openCredential(node, tool, data.credential?.$credential, context);
  const clean = redactor(credential ? secretsOf(credential) : []);
  const key = effectKey(run, activation, theCall);
  const about = { node, activation, call: theCall };
  await context.record([{ type: "tool.called", ...about, key, tool: tool.name, arguments: args }]);
  const startedAt = clock.now();
  try {
    const result = clean(await tool.call(args, { signal, idempotencyKey: key, ...(credential ? { credential } : {}) }));
    await context.record([{ type: "tool.returned", ...about, result, ms: clock.now() - startedAt }]);
    return result;
  } catch (error) {
    // called off: what became of the call is not known, and the log must not claim to
    if (signal.aborted) throw error;
    const { code, message } = asFailure(error);
    const failure = { code, message: clean(message) };
    await context.record([{ type: "tool.returned", ...about, error: failure, ms: clock.now() - startedAt }]);
    throw withMessage(error, failure.message);
  }
}

/** The error as it was, but for what it must not say. */
function withMessage(error: unknown, message: string): unknown {
  if (!(error instanceof SignalboxError) || error.message === message) return error;
  return new SignalboxError(error.code, message, error.facts);
}

async function openCredential(node: string, tool: Tool, id: string | undefined, { credentials }: WorkContext) {
  if (id === undefined) return undefined;
  if (tool.takesCredential) return await credentials.open(id);
  const detail = `${tool.name} takes no credential. Remove it from ${node}.`;
  throw new SignalboxError("credential_not_taken", detail, { retryable: false });
}

async function refuseBadArguments(
  node: string,
  tool: Tool,
  data: DataOf<"tool">,
  args: JsonObject,
  context: WorkContext,
): Promise<void> {
  const [problem] = validateJson(tool.input, args);
  if (problem) {
    const at = problem.path === "" ? "" : ` at ${problem.path}`;
    throw new SignalboxError("tool_arguments_invalid", `The arguments of ${node} do not fit${at}: ${problem.detail}`, {
      path: problem.path,
      retryable: false,
    });
  }
  if (!data.constraint || context.values({ args }).expression(data.constraint) === true) return;
  const reason = `The call is not allowed: it does not meet "${data.constraint}".`;
  await context.record([
    {
      type: "tool.refused",
      node,
      activation: context.activation,
      call: theCall,
      tool: tool.name,
      reason,
      rule: data.constraint,
    },
  ]);
  throw new SignalboxError("tool_arguments_invalid", reason, { retryable: false });
}

function fixedArguments(data: DataOf<"tool">, values: Values): JsonObject {
  const { code, ...rest } = data.arguments ?? {};
  const filled = asObject(values.deep(rest));
  // code is never interpolated: data must not become program
  return code === undefined ? filled : { ...filled, code };
}

/** The tool's input schema less what is fixed on the canvas: the model neither sees nor sets it. */
function withoutFixed(schema: JsonSchema, fixed: JsonObject): JsonSchema {
  const { properties, required } = schema;
  if (properties === null || typeof properties !== "object" || Array.isArray(properties)) return schema;
  const open = Object.entries(properties).filter(([name]) => !Object.hasOwn(fixed, name));
  return {
    ...schema,
    properties: Object.fromEntries(open),
    ...(Array.isArray(required)
      ? { required: required.filter((name) => typeof name === "string" && !Object.hasOwn(fixed, name)) }
      : {}),
  };
}

function asObject(value: Json): JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}
