import type Anthropic from "@anthropic-ai/sdk";
import { transformJSONSchema } from "@anthropic-ai/sdk/lib/transform-json-schema";
import type { JsonSchema } from "@signalbox/shared/json";
import type { ModelMessage, ModelRequest } from "../model.ts";
import { resultText } from "../provider/calls.ts";
import { type Abilities, abilitiesOf } from "./abilities.ts";
import { ANSWER_TOOL, ANTHROPIC_NATIVE } from "./reader.ts";

type Params = Anthropic.MessageCreateParamsStreaming;
type Message = Anthropic.MessageParam;
type Choice = NonNullable<ModelRequest["toolChoice"]>;

const USUAL_LONGEST_ANSWER = 8192;
const LEAST_BUDGET = 1024;
const BUDGETS = { minimal: 0, low: 2048, medium: 8192, high: 24_576 } as const;

/**
 * A request for the Messages API. Anthropic's own has no temperature since its version 2026-10-21 and refuses one with
 * 400; `compatible` servers speak the version before and take it.
 */
export function messagesParams(request: ModelRequest, compatible: boolean): Params & { temperature?: number } {
  const { model, instructions, output, temperature, maxOutputTokens } = request;
  const abilities = abilitiesOf(model);
  const format = output && abilities.outputFormat ? outputFormat(output) : undefined;
  const tools = request.tools.map(({ name, description, input }) => messagesTool(name, description, input));
  const answersByTool = output !== undefined && format === undefined;
  if (answersByTool)
    tools.push(messagesTool(ANSWER_TOOL, "Give the final answer. Call this once, when you are done.", output));
  const choice = choiceOf(request, answersByTool);
  const thinking = thinkingOf(request, abilities, choice);
  const config = { ...(format && { format }), ...effortOf(request, abilities) };
  return {
    model,
    max_tokens: maxOutputTokens ?? USUAL_LONGEST_ANSWER + (thinking?.type === "enabled" ? thinking.budget_tokens : 0),
    messages: messagesOf(request.messages),
    stream: true,
    ...(instructions && { system: instructions.toWellFormed() }),
    ...(tools.length > 0 && { tools }),
    ...(tools.length > 0 && choice && { tool_choice: choice }),
    ...(thinking && { thinking }),
    ...(Object.keys(config).length > 0 && { output_config: config }),
    ...(temperature !== undefined && compatible && !thinking && { temperature: Math.min(temperature, 1) }),
  };
}

function messagesTool(name: string, description: string, input: JsonSchema): Anthropic.Tool {
  return { name, description, input_schema: { ...input, type: "object" } };
}

function outputFormat(schema: JsonSchema): Anthropic.JSONOutputFormat | undefined {
  try {
    return { type: "json_schema", schema: transformJSONSchema(schema) };
  } catch {
    // a schema that leaves some types open cannot be guaranteed this way: the answer tool takes it
    return undefined;
  }
}

function choiceOf({ toolChoice, tools }: ModelRequest, answersByTool: boolean): Anthropic.ToolChoice | undefined {
  if (answersByTool) {
    const free = tools.length === 0 || toolChoice === "none";
    return free ? { type: "tool", name: ANSWER_TOOL } : { type: "any" };
  }
  return toolChoice === undefined ? undefined : plainChoice(toolChoice);
}

function plainChoice(choice: Choice): Anthropic.ToolChoice {
  if (typeof choice === "object") return { type: "tool", name: choice.tool };
  return { type: choice === "required" ? "any" : choice };
}

function thinkingOf(
  { reasoning, maxOutputTokens }: ModelRequest,
  { thinking }: Abilities,
  choice: Anthropic.ToolChoice | undefined,
): Anthropic.ThinkingConfigAdaptive | Anthropic.ThinkingConfigEnabled | undefined {
  // a model that must call a tool may not think first
  const forced = choice?.type === "any" || choice?.type === "tool";
  if (reasoning === undefined || reasoning === "minimal" || thinking === "none" || forced) return undefined;
  if (thinking === "effort") return { type: "adaptive", display: "summarized" };
  const room = maxOutputTokens === undefined ? Number.POSITIVE_INFINITY : maxOutputTokens - LEAST_BUDGET;
  const budget = Math.min(BUDGETS[reasoning], room);
  return budget < LEAST_BUDGET ? undefined : { type: "enabled", budget_tokens: budget };
}

function effortOf({ reasoning }: ModelRequest, { thinking }: Abilities): Pick<Anthropic.OutputConfig, "effort"> {
  if (reasoning === undefined || thinking !== "effort") return {};
  return { effort: reasoning === "minimal" ? "low" : reasoning };
}

function messagesOf(messages: readonly ModelMessage[]): Message[] {
  const written: Message[] = [];
  // the results of one turn belong into one message
  let results: Anthropic.ToolResultBlockParam[] = [];
  for (const message of messages) {
    if (message.role !== "tool") {
      results = [];
      written.push(...plainMessage(message));
      continue;
    }
    if (results.length === 0) written.push({ role: "user", content: results });
    results.push(toolResult(message));
  }
  return written;
}

function toolResult(message: ModelMessage & { role: "tool" }): Anthropic.ToolResultBlockParam {
  const { call, result, isError } = message;
  return {
    type: "tool_result",
    tool_use_id: callId(call),
    content: resultText(result),
    ...(isError && { is_error: true }),
  };
}

function plainMessage(message: Exclude<ModelMessage, { role: "tool" }>): Message[] {
  if (message.role === "user") return [{ role: "user", content: message.text.toWellFormed() }];
  const { native, text, toolCalls } = message;
  if (native?.provider === ANTHROPIC_NATIVE && Array.isArray(native.content)) {
    // they are the blocks that this same API sent, kept in the log
    const content = native.content as unknown as Anthropic.ContentBlockParam[];
    return content.length === 0 ? [] : [{ role: "assistant", content }];
  }
  const said: Anthropic.ContentBlockParam[] = text.trim() === "" ? [] : [{ type: "text", text: text.toWellFormed() }];
  const calls = toolCalls.map(({ id, name, arguments: input }) => ({
    type: "tool_use" as const,
    id: callId(id),
    name,
    input: typeof input === "object" && input !== null && !Array.isArray(input) ? input : {},
  }));
  const content = [...said, ...calls];
  return content.length === 0 ? [] : [{ role: "assistant", content }];
}

// a conversation may have begun with another provider, whose ids hold other characters
function callId(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/g, "_");
}
