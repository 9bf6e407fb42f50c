import type OpenAI from "openai";
import type { ModelMessage, ModelRequest } from "../model.ts";
import { resultText } from "../provider/calls.ts";
import { RESPONSES_NATIVE } from "./responses-reader.ts";
import { strictly } from "./strict-schema.ts";

type ResponsesParams = OpenAI.Responses.ResponseCreateParamsStreaming;
type InputItem = OpenAI.Responses.ResponseInputItem;

/** A request for the Responses API. Nothing is stored there: what it must remember travels in `native`. */
export function responsesParams(request: ModelRequest): ResponsesParams {
  const { instructions, tools, toolChoice, output, temperature, reasoning, maxOutputTokens } = request;
  return {
    model: request.model,
    input: request.messages.flatMap(inputItems),
    stream: true,
    store: false,
    include: ["reasoning.encrypted_content"],
    ...(instructions && { instructions: instructions.toWellFormed() }),
    ...(tools.length > 0 && {
      tools: tools.map(functionTool),
      ...(toolChoice && { tool_choice: choiceOf(toolChoice) }),
    }),
    ...(output && { text: { format: { type: "json_schema", name: "answer", ...strictly(output) } } }),
    ...(temperature !== undefined && { temperature }),
    ...(reasoning && { reasoning: { effort: reasoning, summary: "auto" } }),
    ...(maxOutputTokens !== undefined && { max_output_tokens: maxOutputTokens }),
  };
}

function functionTool({ name, description, input }: ModelRequest["tools"][number]) {
  return { type: "function" as const, name, description, parameters: input, strict: false };
}

function choiceOf(choice: NonNullable<ModelRequest["toolChoice"]>) {
  return typeof choice === "string" ? choice : { type: "function" as const, name: choice.tool };
}

function inputItems(message: ModelMessage): InputItem[] {
  if (message.role === "user") return [{ role: "user", content: message.text.toWellFormed() }];
  if (message.role === "tool") {
    const output = resultText(message.isError ? { error: message.result } : message.result);
    return [{ type: "function_call_output", call_id: message.call, output }];
  }
  const { native, text, toolCalls } = message;
  // they are the items that this same API sent, kept in the log
  if (native?.provider === RESPONSES_NATIVE) return native.content as unknown as InputItem[];
  const said: InputItem[] = text === "" ? [] : [{ role: "assistant", content: text.toWellFormed() }];
  return [
    ...said,
    ...toolCalls.map((call) => ({
      type: "function_call" as const,
      call_id: call.id,
      name: call.name,
      arguments: JSON.stringify(call.arguments ?? {}),
    })),
  ];
}
