import type { Json } from "@signalbox/shared/json";
import { argumentsText, pieces, type ScriptedAnswer, type WireContext } from "./answer.ts";

type Event = { type: string; [key: string]: Json };
type Item = { [key: string]: Json };

/** An answer as the Responses API streams it. */
export function responsesEvents(answer: ScriptedAnswer, { model, n }: WireContext): string[] {
  const response = { id: `resp_${n}`, object: "response", created_at: 1_790_000_000, model, error: null };
  const items = itemsOf(answer, n);
  const events: Event[] = [
    { type: "response.created", response: { ...response, status: "in_progress", output: [], usage: null } },
    ...items.flatMap(({ events: own }) => own),
  ];
  if (answer.ending === undefined) {
    const output = items.map(({ item }) => item);
    const incomplete = answer.cutByLength === true;
    const status = incomplete ? "incomplete" : "completed";
    const details = incomplete ? { reason: "max_output_tokens" } : null;
    const whole = { ...response, status, incomplete_details: details, output, usage: usage(answer) };
    events.push({ type: `response.${status}`, response: whole });
  }
  return events.map((event, sequence) => {
    const data = JSON.stringify({ ...event, sequence_number: sequence });
    return `event: ${event.type}\ndata: ${data}\n\n`;
  });
}

function itemsOf(answer: ScriptedAnswer, n: number): { item: Item; events: Event[] }[] {
  const { text = "", reasoning = "", refusal = "", toolCalls = [], chunk: size = 12 } = answer;
  const items: { item: Item; deltas: (at: number) => Event[] }[] = [];
  if (reasoning !== "") {
    const summary = [{ type: "summary_text", text: reasoning }];
    const item = { type: "reasoning", id: `rs_${n}`, summary, encrypted_content: `encrypted-${n}` };
    const type = "response.reasoning_summary_text.delta";
    const deltas = (at: number) =>
      pieces(reasoning, size).map((delta) => ({ type, output_index: at, summary_index: 0, item_id: `rs_${n}`, delta }));
    items.push({ item, deltas });
  }
  for (const [kind, said] of [
    ["output_text", text],
    ["refusal", refusal],
  ] as const) {
    if (said === "") continue;
    const id = `msg_${n}_${kind}`;
    const content = [
      kind === "refusal" ? { type: kind, refusal: said } : { type: kind, text: said, annotations: [], logprobs: [] },
    ];
    const item = { type: "message", id, role: "assistant", status: "completed", content };
    const deltas = (at: number) =>
      pieces(said, size).map((delta) => ({
        type: `response.${kind}.delta`,
        output_index: at,
        content_index: 0,
        item_id: id,
        delta,
      }));
    items.push({ item, deltas });
  }
  for (const [index, call] of toolCalls.entries()) {
    const named = { id: `fc_${n}_${index}`, call_id: call.id ?? `call_${n}_${index}`, name: call.name };
    const whole = argumentsText(call);
    const item = { type: "function_call", status: "completed", ...named, arguments: whole };
    const type = "response.function_call_arguments.delta";
    const deltas = (at: number) =>
      pieces(whole, size).map((delta) => ({ type, output_index: at, item_id: named.id, delta }));
    items.push({ item, deltas });
  }
  return items.map(({ item, deltas }, at) => {
    const begun = {
      ...item,
      status: "in_progress",
      ...("content" in item && { content: [] }),
      ...("arguments" in item && { arguments: "" }),
    };
    const finished: Event[] = [{ type: "response.output_item.done", output_index: at, item }];
    const end = answer.ending === undefined ? finished : [];
    return {
      item,
      events: [{ type: "response.output_item.added", output_index: at, item: begun }, ...deltas(at), ...end],
    };
  });
}

function usage({ usage: used = { inputTokens: 10, outputTokens: 5 } }: ScriptedAnswer): Json {
  return {
    input_tokens: used.inputTokens,
    input_tokens_details: { cached_tokens: used.cachedInputTokens ?? 0 },
    output_tokens: used.outputTokens,
    output_tokens_details: { reasoning_tokens: used.reasoningTokens ?? 0 },
    total_tokens: used.inputTokens + used.outputTokens,
  };
}
