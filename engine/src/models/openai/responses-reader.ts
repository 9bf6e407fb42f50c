import type { Json } from "@signalbox/shared/json";
import type { ModelResponse, ModelUsage, ToolCall } from "@signalbox/shared/models";
import type { ModelPart } from "../model.ts";
import { Allowance } from "../provider/allowance.ts";
import { type AnswerReader, delta } from "../provider/answer.ts";
import { toolCall } from "../provider/calls.ts";
import { errorInStream } from "../provider/events.ts";
import type { Provider } from "../provider/failure.ts";
import { countOf, type Fields, fieldsOf, jsonOf, listOf, textOf } from "../provider/fields.ts";

/** The provider that `native` of a Responses answer names. */
export const RESPONSES_NATIVE = "openai-responses";

/** One item of the output while it grows. */
interface Item {
  /** As the provider sent it last; its `done` form is complete. */
  fields: Fields;
  done: boolean;
  text: string;
  refusal: string;
  reasoning: string;
  arguments: string;
}

/** Reads the events of the Responses API. Items are told apart by their place: some servers change their ids midway. */
export class ResponsesReader implements AnswerReader {
  readonly #items = new Map<number, Item>();
  readonly #allowance = new Allowance();
  readonly #provider: Provider;
  #speaking: number | undefined;
  #thinking: string | undefined;
  #response: Fields = {};
  #ended = false;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  take(event: unknown): ModelPart[] {
    const fields = fieldsOf(event);
    const at = countOf(fields.output_index) ?? 0;
    switch (fields.type) {
      case "response.output_item.added":
        this.#item(at).fields = fieldsOf(fields.item);
        return [];
      case "response.output_text.delta":
        return this.#addText(at, textOf(fields.delta));
      case "response.refusal.delta":
        this.#item(at).refusal += this.#allowance.take(textOf(fields.delta));
        return [];
      case "response.reasoning_summary_text.delta":
        return this.#addReasoning(at, countOf(fields.summary_index) ?? 0, textOf(fields.delta));
      case "response.reasoning_text.delta":
        return this.#addReasoning(at, countOf(fields.content_index) ?? 0, textOf(fields.delta));
      case "response.function_call_arguments.delta":
      case "response.custom_tool_call_input.delta":
        this.#item(at).arguments += this.#allowance.take(textOf(fields.delta));
        return [];
      case "response.output_item.done":
        return this.#finishItem(at, fieldsOf(fields.item));
      case "error":
        throw errorInStream(fields.error ?? fields, this.#provider);
      default:
        return this.#takeResponse(fields);
    }
  }

  whole(): ModelResponse | undefined {
    if (!this.#ended) return undefined;
    const items = [...this.#items.entries()].sort(([one], [other]) => one - other).map(([, item]) => item);
    const toolCalls = items.flatMap(callOf);
    const text = textOfMessages(items);
    const reasoning = items
      .map((item) => item.reasoning)
      .filter((part) => part !== "")
      .join("\n\n");
    const reason = textOf(fieldsOf(this.#response.incomplete_details).reason);
    const filtered = reason === "content_filter" ? "The provider's content filter stopped this answer." : "";
    const refusal = items.map((item) => item.refusal).join("") || filtered;
    const stop = refusal
      ? "refusal"
      : reason.startsWith("max")
        ? "length"
        : toolCalls.length > 0
          ? "tool_calls"
          : "end";
    const id = textOf(this.#response.id);
    return {
      text,
      toolCalls,
      stop: this.#response.status === "incomplete" && stop === "end" ? "other" : stop,
      usage: usageOf(fieldsOf(this.#response.usage)),
      model: textOf(this.#response.model),
      ...(id !== "" && { providerId: id }),
      ...(reasoning !== "" && { reasoning }),
      ...(refusal !== "" && { refusal }),
      native: { provider: RESPONSES_NATIVE, content: items.flatMap(nativeItem) },
    };
  }

  #item(at: number): Item {
    const known = this.#items.get(at);
    if (known) return known;
    const item: Item = { fields: {}, done: false, text: "", refusal: "", reasoning: "", arguments: "" };
    this.#allowance.take("");
    this.#items.set(at, item);
    return item;
  }

  #addText(at: number, text: string): ModelPart[] {
    if (text === "") return [];
    const spoken = this.#speaking !== undefined && this.#speaking !== at ? "\n\n" : "";
    this.#speaking = at;
    this.#item(at).text += this.#allowance.take(text);
    return delta("text", spoken + text);
  }

  #addReasoning(at: number, part: number, text: string): ModelPart[] {
    if (text === "") return [];
    const place = `${at} ${part}`;
    const item = this.#item(at);
    const gap = this.#thinking !== undefined && this.#thinking !== place ? "\n\n" : "";
    this.#thinking = place;
    item.reasoning += this.#allowance.take(item.reasoning === "" ? text : gap + text);
    return delta("reasoning", gap + text);
  }

  // the item as it was finished says it all; what its deltas left out is shown now
  #finishItem(at: number, fields: Fields): ModelPart[] {
    const item = this.#item(at);
    item.fields = fields;
    item.done = true;
    const content = listOf(fields.content).map(fieldsOf);
    const texts = content.map((part) => textOf(part.text));
    item.refusal = content.map((part) => textOf(part.refusal)).join("") || item.refusal;
    item.arguments = textOf(fields.arguments) || textOf(fields.input) || item.arguments;
    if (fields.type === "reasoning") {
      const summary = listOf(fields.summary).map((part) => textOf(fieldsOf(part).text));
      const full = [...summary, ...texts].filter((part) => part !== "").join("\n\n");
      if (item.reasoning !== "" || full === "") return [];
      return this.#addReasoning(at, 0, full);
    }
    const text = fields.type === "message" ? texts.join("") : "";
    const rest = text.startsWith(item.text) ? text.slice(item.text.length) : "";
    const parts = this.#addText(at, rest);
    item.text = text || item.text;
    return parts;
  }

  #takeResponse(fields: Fields): ModelPart[] {
    const { type, response } = fields;
    if (typeof type !== "string" || !type.startsWith("response.") || typeof response !== "object") return [];
    this.#response = { ...this.#response, ...fieldsOf(response) };
    if (type === "response.failed" || type === "response.cancelled") {
      throw errorInStream(this.#response.error ?? {}, this.#provider);
    }
    if (type !== "response.completed" && type !== "response.incomplete") return [];
    this.#ended = true;
    // items that had no events of their own are only in here
    return listOf(this.#response.output).flatMap((item, at) =>
      this.#items.get(at)?.done || this.#holds(fieldsOf(item)) ? [] : this.#finishItem(at, fieldsOf(item)),
    );
  }

  #holds({ id }: Fields): boolean {
    return typeof id === "string" && [...this.#items.values()].some((item) => item.done && item.fields.id === id);
  }
}

// with a message marked as the final answer the others are remarks on the way to it
function textOfMessages(items: readonly Item[]): string {
  const spoken = items.filter((item) => item.text !== "");
  const final = spoken.filter((item) => item.fields.phase === "final_answer");
  return (final.length > 0 ? final : spoken).map((item) => item.text).join("\n\n");
}

function callOf(item: Item): ToolCall[] {
  const { type, call_id, id, name } = item.fields;
  if (type === "function_call") return [toolCall(textOf(call_id) || textOf(id), textOf(name), item.arguments)];
  if (type !== "custom_tool_call") return [];
  // a custom tool takes plain text
  return [{ id: textOf(call_id) || textOf(id), name: textOf(name), arguments: item.arguments }];
}

/** An item as the API wants it back: without what is null, and reasoning only where it holds what the API can read. */
function nativeItem({ fields, done }: Item): Json[] {
  if (!done || typeof fields.type !== "string") return [];
  if (fields.type === "reasoning" && textOf(fields.encrypted_content) === "") return [];
  const said = Object.entries(fields).filter(([, value]) => value !== null);
  return [jsonOf(Object.fromEntries(said))];
}

function usageOf(usage: Fields): ModelUsage {
  const cached = countOf(fieldsOf(usage.input_tokens_details).cached_tokens);
  const reasoning = countOf(fieldsOf(usage.output_tokens_details).reasoning_tokens);
  return {
    inputTokens: countOf(usage.input_tokens) ?? 0,
    outputTokens: countOf(usage.output_tokens) ?? 0,
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
  };
}
