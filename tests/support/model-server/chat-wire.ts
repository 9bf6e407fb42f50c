import type { Json } from "@signalbox/shared/json";
import { argumentsText, pieces, type ScriptedAnswer, type WireContext } from "./answer.ts";

/** An answer as Chat Completions streams it. */
export function chatEvents(answer: ScriptedAnswer, { model, n }: WireContext): string[] {
  const { text = "", reasoning = "", refusal = "", toolCalls = [], chunk: size = 12 } = answer;
  const head = { id: `chatcmpl-${n}`, object: "chat.completion.chunk", created: 1_790_000_000, model };
  const chunk = (delta: Json, finish: string | null = null): Json => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    usage: null,
  });
  const calls = toolCalls.flatMap((call, index) => {
    const named = { index, id: call.id ?? `call_${n}_${index}`, type: "function" };
    return [
      chunk({ tool_calls: [{ ...named, function: { name: call.name, arguments: "" } }] }),
      ...pieces(argumentsText(call), size).map((piece) =>
        chunk({ tool_calls: [{ index, function: { arguments: piece } }] }),
      ),
    ];
  });
  const chunks = [
    chunk({ role: "assistant", content: toolCalls.length > 0 ? null : "", refusal: null }),
    ...pieces(reasoning, size).map((piece) => chunk({ reasoning_content: piece })),
    ...pieces(text, size).map((piece) => chunk({ content: piece })),
    ...pieces(refusal, size).map((piece) => chunk({ refusal: piece })),
    ...calls,
  ];
  if (answer.ending === undefined) {
    chunks.push(chunk({}, answer.cutByLength ? "length" : toolCalls.length > 0 ? "tool_calls" : "stop"));
    chunks.push({ ...head, choices: [], usage: usage(answer) });
  }
  const events = chunks.map((data) => `data: ${JSON.stringify(data)}\n\n`);
  return answer.ending === undefined ? [...events, "data: [DONE]\n\n"] : events;
}

function usage({ usage: used = { inputTokens: 10, outputTokens: 5 } }: ScriptedAnswer): Json {
  return {
    prompt_tokens: used.inputTokens,
    completion_tokens: used.outputTokens,
    total_tokens: used.inputTokens + used.outputTokens,
    prompt_tokens_details: { cached_tokens: used.cachedInputTokens ?? 0 },
    completion_tokens_details: { reasoning_tokens: used.reasoningTokens ?? 0 },
  };
}
