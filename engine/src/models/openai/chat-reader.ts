import type { Json } from "@signalbox/shared/json";
import type { ModelResponse, ModelUsage } from "@signalbox/shared/models";
import type { ModelPart } from "../model.ts";
import { Allowance } from "../provider/allowance.ts";
import { type AnswerReader, delta } from "../provider/answer.ts";
import { toolCall } from "../provider/calls.ts";
import { countOf, type Fields, fieldsOf, jsonOf, listOf, textOf } from "../provider/fields.ts";
import { mergeReasoningDetails } from "./reasoning-details.ts";

/** The provider that `native` of a chat answer names. */
export const CHAT_NATIVE = "openai-chat";

interface CallPieces {
  index: number | undefined;
  id: string;
  name: string;
  arguments: string;
  /** What a provider wants back with the call, as Google's thought signatures. */
  extra: { [key: string]: Json };
}

/** Reads the chunks of Chat Completions, of OpenAI and of the many servers that speak it their own way. */
export class ChatReader implements AnswerReader {
  #text = "";
  #reasoning = "";
  #refusal = "";
  #finish = "";
  #model = "";
  #id = "";
  #usage: Fields = {};
  #reasoningDetails: Json[] = [];
  #reasoningField = "";
  readonly #calls: CallPieces[] = [];
  readonly #allowance = new Allowance();

  take(event: unknown): ModelPart[] {
    const chunk = fieldsOf(event);
    this.#model ||= textOf(chunk.model);
    this.#id ||= textOf(chunk.id);
    const choice = fieldsOf(listOf(chunk.choices).find((entry) => (countOf(fieldsOf(entry).index) ?? 0) === 0));
    this.#takeUsage(chunk.usage ?? choice.usage ?? fieldsOf(chunk.x_groq).usage);
    this.#finish = textOf(choice.finish_reason) || this.#finish;
    return this.#takeDelta(fieldsOf(choice.delta));
  }

  whole(): ModelResponse | undefined {
    if (this.#finish === "") return undefined;
    const toolCalls = this.#calls.map(({ id, name, arguments: text }) => toolCall(id, name, text));
    const filtered = this.#finish === "content_filter";
    const refusal = this.#refusal || (filtered ? "The provider's content filter stopped this answer." : "");
    return {
      text: this.#text,
      toolCalls,
      stop: stopOf(this.#finish, toolCalls.length > 0, refusal !== ""),
      usage: usageOf(this.#usage),
      model: this.#model,
      ...(this.#id !== "" && { providerId: this.#id }),
      ...(this.#reasoning !== "" && { reasoning: this.#reasoning }),
      ...(refusal !== "" && { refusal }),
      ...this.#native(),
    };
  }

  #takeUsage(usage: unknown): void {
    const fields = fieldsOf(usage);
    if (Object.keys(fields).length > 0) this.#usage = fields;
  }

  #takeDelta(fields: Fields): ModelPart[] {
    const parts: ModelPart[] = [];
    for (const name of ["reasoning_content", "reasoning"]) {
      const reasoning = this.#allowance.take(textOf(fields[name]));
      // some servers send the same words under both names
      if (reasoning === "" || (this.#reasoningField !== "" && this.#reasoningField !== name)) continue;
      this.#reasoningField = name;
      parts.push(...this.#addReasoning(reasoning));
    }
    parts.push(...this.#takeContent(fields.content));
    this.#refusal += this.#allowance.take(textOf(fields.refusal));
    this.#reasoningDetails = mergeReasoningDetails(this.#reasoningDetails, listOf(fields.reasoning_details));
    for (const call of listOf(fields.tool_calls)) this.#takeCall(fieldsOf(call));
    return parts;
  }

  // a text, or with Mistral a list of parts
  #takeContent(content: unknown): ModelPart[] {
    if (!Array.isArray(content)) return this.#addText(textOf(content));
    return content.flatMap((entry) => {
      const part = fieldsOf(entry);
      if (part.type !== "thinking") return this.#addText(textOf(part.text));
      const thoughts = listOf(part.thinking).map((thought) => textOf(fieldsOf(thought).text));
      return this.#addReasoning(thoughts.join(""));
    });
  }

  #addText(text: string): ModelPart[] {
    this.#text += this.#allowance.take(text);
    return delta("text", text);
  }

  #addReasoning(text: string): ModelPart[] {
    this.#reasoning += this.#allowance.take(text);
    return delta("reasoning", text);
  }

  #takeCall({ index, id, function: called, type: _, ...extra }: Fields): void {
    const { name, arguments: given } = fieldsOf(called);
    const call = this.#callFor(countOf(index), textOf(id), textOf(name));
    call.name ||= textOf(name);
    // a few servers send the arguments as an object instead of its text
    const text = typeof given === "object" && given !== null ? JSON.stringify(given) : textOf(given);
    call.arguments += this.#allowance.take(text);
    for (const [key, value] of Object.entries(extra)) call.extra[key] = jsonOf(value);
  }

  #callFor(index: number | undefined, id: string, name: string): CallPieces {
    const last = this.#calls.at(-1);
    const known =
      index !== undefined
        ? this.#calls.findLast((call) => call.index === index)
        : (this.#calls.find((call) => id !== "" && call.id === id) ?? (id === "" && name === "" ? last : undefined));
    // several calls under one index are told apart by their ids
    if (known && !(id !== "" && name !== "" && known.id !== id)) return known;
    const call: CallPieces = {
      index,
      id: id || `${this.#id || "call"}_${this.#calls.length}`,
      name,
      arguments: "",
      extra: {},
    };
    this.#calls.push(call);
    return call;
  }

  /** The message as the provider wants it back, where it is more than its text and calls. */
  #native(): Pick<ModelResponse, "native"> {
    const extras = this.#calls.some(({ extra }) => Object.keys(extra).length > 0);
    const thinks = this.#reasoningField === "reasoning_content" && this.#calls.length > 0;
    if (!extras && !thinks && this.#reasoningDetails.length === 0) return {};
    const calls = this.#calls.map(({ id, name, arguments: text, extra }): Json => {
      const readable = toolCall(id, name, text).malformed === undefined && text.trim() !== "";
      return { ...extra, id, type: "function", function: { name, arguments: readable ? text : "{}" } };
    });
    const content: { [key: string]: Json } = {
      role: "assistant",
      content: this.#text === "" ? null : this.#text,
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(thinks && { reasoning_content: this.#reasoning }),
      ...(this.#reasoningDetails.length > 0 && { reasoning_details: this.#reasoningDetails }),
    };
    return { native: { provider: CHAT_NATIVE, content } };
  }
}

function stopOf(finish: string, calls: boolean, refused: boolean): ModelResponse["stop"] {
  if (refused) return "refusal";
  if (["length", "max_tokens", "model_length"].includes(finish)) return "length";
  // many servers say "stop" after calls
  if (calls) return "tool_calls";
  return ["stop", "end_turn", "eos", "stop_sequence", "tool_calls", "function_call"].includes(finish) ? "end" : "other";
}

function usageOf(usage: Fields): ModelUsage {
  const cached = countOf(fieldsOf(usage.prompt_tokens_details).cached_tokens) ?? countOf(usage.prompt_cache_hit_tokens);
  const reasoning = countOf(fieldsOf(usage.completion_tokens_details).reasoning_tokens);
  return {
    inputTokens: countOf(usage.prompt_tokens) ?? 0,
    outputTokens: countOf(usage.completion_tokens) ?? 0,
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
  };
}
