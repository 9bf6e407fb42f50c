import type { Json } from "@signalbox/shared/json";
import { argumentsText, pieces, type ScriptedAnswer, type WireContext } from "./answer.ts";

type Event = { type: string; [key: string]: Json };

/** An answer as the Messages API streams it. */
export function anthropicEvents(answer: ScriptedAnswer, { model, n }: WireContext): string[] {
  const { usage = { inputTokens: 10, outputTokens: 5 } } = answer;
  const cached = usage.cachedInputTokens ?? 0;
  const input = { input_tokens: usage.inputTokens - cached, cache_read_input_tokens: cached };
  const message = {
    id: `msg_${n}`,
    type: "message",
    role: "assistant",
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...input, cache_creation_input_tokens: 0, output_tokens: 1 },
  };
  const events: Event[] = [{ type: "message_start", message }, { type: "ping" }, ...blocksOf(answer, n)];
  if (answer.ending === undefined) {
    const stop = stopOf(answer);
    const details =
      answer.refusal === undefined ? {} : { stop_details: { type: "refusal", explanation: answer.refusal } };
    const thinking = usage.reasoningTokens;
    const used = {
      output_tokens: usage.outputTokens,
      ...(thinking !== undefined && { output_tokens_details: { thinking_tokens: thinking } }),
    };
    events.push({ type: "message_delta", delta: { stop_reason: stop, stop_sequence: null, ...details }, usage: used });
    events.push({ type: "message_stop" });
  }
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

function stopOf({ refusal, cutByLength, toolCalls = [] }: ScriptedAnswer): string {
  if (refusal !== undefined) return "refusal";
  if (cutByLength) return "max_tokens";
  return toolCalls.length > 0 ? "tool_use" : "end_turn";
}

function blocksOf(answer: ScriptedAnswer, n: number): Event[] {
  const { text = "", reasoning = "", toolCalls = [], chunk: size = 12 } = answer;
  const blocks: { block: Json; deltas: Json[] }[] = [];
  if (reasoning !== "") {
    const thoughts = pieces(reasoning, size).map((thinking) => ({ type: "thinking_delta", thinking }));
    const signature = { type: "signature_delta", signature: `signature-${n}` };
    blocks.push({ block: { type: "thinking", thinking: "", signature: "" }, deltas: [...thoughts, signature] });
  }
  if (text !== "") {
    const deltas = pieces(text, size).map((piece) => ({ type: "text_delta", text: piece }));
    blocks.push({ block: { type: "text", text: "" }, deltas });
  }
  for (const [index, call] of toolCalls.entries()) {
    const block = { type: "tool_use", id: call.id ?? `toolu_${n}_${index}`, name: call.name, input: {} };
    const deltas = pieces(argumentsText(call), size).map((piece) => ({
      type: "input_json_delta",
      partial_json: piece,
    }));
    blocks.push({ block, deltas });
  }
  return blocks.flatMap(({ block, deltas }, index) => [
    { type: "content_block_start", index, content_block: block },
    ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
    ...(answer.ending === undefined ? [{ type: "content_block_stop", index }] : []),
  ]);
}
