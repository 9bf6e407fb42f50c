import type OpenAI from "openai";
import type { ModelMessage, ModelRequest } from "../model.ts";
import { resultText } from "../provider/calls.ts";
import { CHAT_NATIVE } from "./chat-reader.ts";
import { strictly } from "./strict-schema.ts";

type ChatParams = OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming;
type ChatMessage = OpenAI.Chat.Completions.ChatCompletionMessageParam;

/** A request for Chat Completions. `compatible` servers know the older word for the longest answer. */
export function chatParams(request: ModelRequest, compatible: boolean): ChatParams {
  const { tools, toolChoice, output, temperature, reasoning, maxOutputTokens } = request;
  return {
    model: request.model,
    messages: chatMessages(request),
    stream: true,
    stream_options: { include_usage: true },
    ...(tools.length > 0 && { tools: tools.map(chatTool), ...(toolChoice && { tool_choice: chatChoice(toolChoice) }) }),
    ...(output && { response_format: { type: "json_schema", json_schema: { name: "answer", ...strictly(output) } } }),
    ...(temperature !== undefined && { temperature }),
    ...(reasoning && { reasoning_effort: reasoning }),
    ...(maxOutputTokens !== undefined && {
      [compatible ? "max_tokens" : "max_completion_tokens"]: maxOutputTokens,
    }),
  };
}

function chatTool({ name, description, input }: ModelRequest["tools"][number]) {
  return { type: "function" as const, function: { name, description, parameters: input } };
}

function chatChoice(choice: NonNullable<ModelRequest["toolChoice"]>) {
  return typeof choice === "string" ? choice : { type: "function" as const, function: { name: choice.tool } };
}

function chatMessages({ instructions, messages }: ModelRequest): ChatMessage[] {
  const system: ChatMessage[] = instructions ? [{ role: "system", content: instructions.toWellFormed() }] : [];
  return [...system, ...messages.flatMap(chatMessage)];
}

function chatMessage(message: ModelMessage): ChatMessage[] {
  if (message.role === "user") return [{ role: "user", content: message.text.toWellFormed() }];
  if (message.role === "tool") {
    const content = resultText(message.isError ? { error: message.result } : message.result);
    return [{ role: "tool", tool_call_id: message.call, content }];
  }
  const { native, text, toolCalls } = message;
  // it is the message that this same API sent, kept in the log
  if (native?.provider === CHAT_NATIVE) return [native.content as unknown as ChatMessage];
  if (text === "" && toolCalls.length === 0) return [];
  const calls = toolCalls.map((call) => ({
    id: call.id,
    type: "function" as const,
    // servers parse this text: what was malformed is explained in the tool's result
    function: { name: call.name, arguments: JSON.stringify(call.arguments ?? {}) },
  }));
  const content = text === "" ? null : text.toWellFormed();
  return [{ role: "assistant", content, ...(calls.length > 0 && { tool_calls: calls }) }];
}
