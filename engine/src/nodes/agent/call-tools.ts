import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";
import type { ToolCall } from "@signalbox/shared/models";
import type { NodeOf, NodeTypeName } from "@signalbox/shared/nodes";
import { type Activation, callActivation, scopeOfActivation } from "@signalbox/shared/run";
import type { ModelMessage } from "../../models/model.ts";
import { asFailure } from "../failure.ts";
import type { Callable, WorkContext, WorkRunner } from "../runner.ts";
import { askAndAwait, askPerson } from "./ask-person.ts";

/** Something wired to the agent: all that it may call. */
export interface OfferedCall {
  /** The wired node's id. */
  name: string;
  description: string;
  input: JsonSchema;
  node: NodeOf<NodeTypeName>;
  runner: WorkRunner<NodeTypeName> & { callable: Callable<NodeTypeName> };
}

/** What one agent may call. */
interface Offer {
  agent: string;
  offered: readonly OfferedCall[];
  mayAsk: boolean;
}

interface CallResult {
  message: ModelMessage;
  /** What was wrong with the call itself, when it could not even be made. */
  bad?: string;
}

/** What the canvas lets this agent call. The picture is the permission: nothing else is ever offered or run. */
export function offeredCalls(agent: string, context: WorkContext): OfferedCall[] {
  const wired = context.plan.nodes.get(agent)?.uses ?? [];
  return wired.flatMap((id) => {
    const node = context.plan.nodes.get(id)?.node;
    const runner = node && context.runnerOf(node);
    if (!node || runner?.kind !== "work" || !runner.callable) return [];
    const callable = runner.callable;
    return [{ name: id, ...callable.offer(node, context.tools), node, runner: { ...runner, callable } }];
  });
}

/** Does the calls of one turn side by side, and answers them in their order. */
export async function runCalls(
  calls: readonly ToolCall[],
  madeBefore: number,
  offer: Offer,
  context: WorkContext,
): Promise<CallResult[] | "suspended"> {
  const results = await Promise.all(calls.map((call, index) => runCall(call, madeBefore + index + 1, offer, context)));
  const ended = results.filter((result) => result !== "suspended");
  return ended.length < results.length ? "suspended" : ended;
}

async function runCall(
  call: ToolCall,
  n: number,
  { agent, offered, mayAsk }: Offer,
  context: WorkContext,
): Promise<CallResult | "suspended"> {
  const target = offered.find(({ name }) => name === call.name);
  if (mayAsk && call.name === askPerson) return await askAndAwait(call, agent, n, context);
  if (!target) {
    const names = offered.map(({ name }) => name).join(", ");
    const reason = `There is no tool "${call.name}" here. ${names ? `There are: ${names}.` : "No tool is wired to this agent."}`;
    await refuse(call, agent, reason, context);
    return { message: answer(call, { error: reason }, true), bad: reason };
  }
  if (call.malformed !== undefined || !isObject(call.arguments)) {
    const reason = "The arguments of this call are not a JSON object.";
    return { message: answer(call, { error: reason }, true), bad: reason };
  }
  const id = callActivation(call.name, { node: agent, scope: scopeOfActivation(context.activation) }, n);
  const known = context.known(id);
  if (known?.status === "succeeded") return { message: answer(call, known.output ?? null, false) };
  if (known?.status === "failed") return { message: answer(call, failureOf(known), true) };
  return perform(call, id, target, call.arguments, known, context);
}

async function perform(
  call: ToolCall,
  activation: string,
  { node, runner }: OfferedCall,
  args: JsonObject,
  known: Activation | undefined,
  context: WorkContext,
): Promise<CallResult | "suspended"> {
  const about = { node: node.id, activation, attempt: 1 };
  try {
    const input = known?.input ?? runner.callable.input(node, context.values(), args);
    if (!known) await context.record([{ type: "node.started", ...about, input, by: context.activation }]);
    const scope = scopeOfActivation(activation);
    const done = await runner.work(node, { ...context, ...about, scope, input });
    if (done === "suspended" || done === "delegated") {
      await markWaiting(node.id, activation, context);
      return "suspended";
    }
    await context.record([{ type: "node.completed", ...about, handles: [], output: done.output }]);
    return { message: answer(call, done.output, false) };
  } catch (error) {
    if (context.signal.aborted) throw error;
    // one failing tool does not end the agent: the model is told and may try another way
    const failure = asFailure(error);
    await context.record([{ type: "node.failed", ...about, error: failure, handles: [] }]);
    return { message: answer(call, { error: { code: failure.code, message: failure.message } }, true) };
  }
}

/** A specialist that waits for people does not work, and must not look as if it did. */
async function markWaiting(node: string, activation: string, context: WorkContext): Promise<void> {
  if (context.known(activation)?.status !== "running") return;
  await context.record([{ type: "node.waiting", node, activation }]);
}

async function refuse(call: ToolCall, agent: string, reason: string, context: WorkContext): Promise<void> {
  const { activation } = context;
  await context.record([
    { type: "tool.refused", node: agent, activation, call: call.id, tool: call.name, reason, rule: "not wired" },
  ]);
}

function failureOf({ error }: Activation): Json {
  return { error: { code: error?.code ?? "tool_failed", message: error?.message ?? "" } };
}

function answer(call: ToolCall, result: Json, isError: boolean): ModelMessage {
  return { role: "tool", call: call.id, name: call.name, result, isError };
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
