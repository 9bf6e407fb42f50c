import type { Json } from "@signalbox/shared/json";
import type { ModelResponse, ModelUsage, ToolCall } from "@signalbox/shared/models";
import type { ModelPart } from "../model.ts";
import { Allowance } from "../provider/allowance.ts";
import { type AnswerReader, delta } from "../provider/answer.ts";
import { toolCall } from "../provider/calls.ts";
import { errorInStream } from "../provider/events.ts";
import type { Provider } from "../provider/failure.ts";
import { countOf, type Fields, fieldsOf, jsonOf, textOf } from "../provider/fields.ts";

/** The provider that `native` of a Messages answer names. */
export const ANTHROPIC_NATIVE = "anthropic";

/** The tool that takes the answer of models that know no output schema. */
export const ANSWER_TOOL = "give_answer";

/** One block of the content while it grows; `json` is the input of a tool as it is typed. */
interface Block {
  fields: { [key: string]: Json };
  json: string;
}

/** Reads the events of the Messages API. */
export class MessagesReader implements AnswerReader {
  readonly #provider: Provider;
  readonly #allowance = new Allowance();
  #blocks = new Map<number, Block>();
  #lastText: number | undefined;
  #message: Fields = {};
  #usage: Fields = {};
  #stop = "";
  #stopDetails: Fields = {};
  #stopped = false;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  take(event: unknown): ModelPart[] {
    const fields = fieldsOf(event);
    const at = countOf(fields.index) ?? 0;
    switch (fields.type) {
      case "message_start":
        this.#start(fieldsOf(fields.message));
        return [];
      case "content_block_start":
        return this.#startBlock(at, fieldsOf(fields.content_block));
      case "content_block_delta":
        return this.#grow(at, fieldsOf(fields.delta));
      case "message_delta": {
        const { stop_reason, stop_details } = fieldsOf(fields.delta);
        this.#stop = textOf(stop_reason) || this.#stop;
        this.#stopDetails = fieldsOf(stop_details);
        this.#takeUsage(fieldsOf(fields.usage));
        return [];
      }
      case "message_stop":
        this.#stopped = true;
        return [];
      case "error":
        throw errorInStream(fields, this.#provider);
      default:
        return [];
    }
  }

  whole(): ModelResponse | undefined {
    if (!this.#stopped && this.#stop === "") return undefined;
    const blocks = this.#ordered();
    const calls = blocks.flatMap(callOf);
    const answered = calls.find((call) => call.name === ANSWER_TOOL);
    const toolCalls = calls.filter((call) => call !== answered);
    const text = answered ? (answered.malformed ?? JSON.stringify(answered.arguments)) : this.#text();
    const reasoning = blocks.map(({ fields }) => (fields.type === "thinking" ? textOf(fields.thinking) : ""));
    const thought = reasoning.filter((part) => part !== "").join("\n\n");
    const refusal = textOf(this.#stopDetails.explanation) || "The model declined to answer.";
    const id = textOf(this.#message.id);
    return {
      text,
      toolCalls,
      stop: stopOf(this.#stop, toolCalls.length > 0, answered !== undefined),
      usage: usageOf(this.#usage),
      model: textOf(this.#message.model),
      ...(id !== "" && { providerId: id }),
      ...(thought !== "" && { reasoning: thought }),
      ...(this.#stop === "refusal" && { refusal }),
      // a call of the answer tool has no result, so this turn cannot be given back in its own form
      ...(!answered && { native: { provider: ANTHROPIC_NATIVE, content: blocks.flatMap(nativeBlock) } }),
    };
  }

  // a second start means that the provider began again: what came before is not part of the answer
  #start(message: Fields): void {
    this.#message = message;
    this.#blocks = new Map();
    this.#lastText = undefined;
    this.#usage = {};
    this.#takeUsage(fieldsOf(message.usage));
  }

  #takeUsage(usage: Fields): void {
    const said = Object.entries(usage).filter(([, value]) => value !== null);
    this.#usage = { ...this.#usage, ...Object.fromEntries(said) };
  }

  #startBlock(at: number, fields: Fields): ModelPart[] {
    this.#allowance.take("");
    const content = fieldsOf(jsonOf(fields));
    // text and thinking that a block begins with are taken like a delta
    const block: Block = { fields: { ...fieldsOfJson(content) }, json: "" };
    this.#blocks.set(at, block);
    if (fields.type === "text") {
      block.fields.text = "";
      return this.#addText(at, block, textOf(fields.text));
    }
    if (fields.type !== "thinking") return [];
    block.fields.thinking = "";
    return this.#addThinking(block, textOf(fields.thinking));
  }

  #grow(at: number, fields: Fields): ModelPart[] {
    const block = this.#blocks.get(at) ?? this.#missedBlock(at, fields);
    switch (fields.type) {
      case "text_delta":
        return this.#addText(at, block, textOf(fields.text));
      case "thinking_delta":
        return this.#addThinking(block, textOf(fields.thinking));
      case "input_json_delta":
        block.json += this.#allowance.take(textOf(fields.partial_json));
        return [];
      case "signature_delta":
        block.fields.signature = textOf(block.fields.signature) + this.#allowance.take(textOf(fields.signature));
        return [];
      case "citations_delta": {
        const before = Array.isArray(block.fields.citations) ? block.fields.citations : [];
        block.fields.citations = [...before, jsonOf(fields.citation)];
        return [];
      }
      default:
        return this.#growOther(block, fields);
    }
  }

  // as `compaction_delta`, which fills the block's own fields
  #growOther(block: Block, { type: _, ...fields }: Fields): ModelPart[] {
    for (const [key, value] of Object.entries(fields)) {
      const before = block.fields[key];
      const grows = typeof before === "string" && typeof value === "string";
      block.fields[key] = grows ? before + this.#allowance.take(value) : jsonOf(value);
    }
    return [];
  }

  #missedBlock(at: number, { type }: Fields): Block {
    const block: Block = { fields: type === "thinking_delta" ? { type: "thinking" } : { type: "text" }, json: "" };
    this.#blocks.set(at, block);
    return block;
  }

  #addText(at: number, block: Block, text: string): ModelPart[] {
    if (text === "") return [];
    const gap = this.#gapBefore(at);
    this.#lastText = at;
    block.fields.text = textOf(block.fields.text) + this.#allowance.take(text);
    return delta("text", gap + text);
  }

  #addThinking(block: Block, text: string): ModelPart[] {
    block.fields.thinking = textOf(block.fields.thinking) + this.#allowance.take(text);
    return delta("reasoning", text);
  }

  // citations cut one sentence into several blocks; what stands between two texts makes them two paragraphs
  #gapBefore(at: number): string {
    const last = this.#lastText;
    if (last === undefined || last === at) return "";
    const between = [...this.#blocks].some(
      ([place, { fields }]) => place > last && place < at && fields.type !== "text",
    );
    return between ? "\n\n" : "";
  }

  #ordered(): Block[] {
    return [...this.#blocks.entries()].sort(([one], [other]) => one - other).map(([, block]) => block);
  }

  #text(): string {
    let text = "";
    let paragraph = false;
    for (const { fields } of this.#ordered()) {
      if (fields.type !== "text") paragraph = text !== "";
      else if (fields.text !== "") {
        text += (paragraph ? "\n\n" : "") + textOf(fields.text);
        paragraph = false;
      }
    }
    return text;
  }
}

function fieldsOfJson(fields: Fields): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, jsonOf(value)]));
}

function callOf({ fields, json }: Block): ToolCall[] {
  if (fields.type !== "tool_use") return [];
  const whole = json.trim() === "" && fields.input !== undefined ? JSON.stringify(fields.input) : json;
  return [toolCall(textOf(fields.id), textOf(fields.name), whole)];
}

/** A block as the API wants it back. */
function nativeBlock(block: Block): Json[] {
  const { fields, json } = block;
  if (fields.type === "text") return fields.text === "" || fields.text === undefined ? [] : [fields];
  if (fields.type === "tool_use") {
    const [call] = callOf(block);
    const input = call?.arguments;
    // the API takes only objects here
    return [{ ...fields, input: typeof input === "object" && input !== null && !Array.isArray(input) ? input : {} }];
  }
  return json.trim() === "" ? [fields] : [{ ...fields, input: toolCall("", "", json).arguments ?? {} }];
}

function stopOf(reason: string, calls: boolean, answered: boolean): ModelResponse["stop"] {
  if (reason === "refusal") return "refusal";
  if (reason === "max_tokens" || reason === "model_context_window_exceeded") return "length";
  if (calls) return "tool_calls";
  return answered || reason === "end_turn" || reason === "stop_sequence" || reason === "tool_use" ? "end" : "other";
}

function usageOf(usage: Fields): ModelUsage {
  const cached = countOf(usage.cache_read_input_tokens) ?? 0;
  const written = countOf(usage.cache_creation_input_tokens) ?? 0;
  const thinking = countOf(fieldsOf(usage.output_tokens_details).thinking_tokens);
  return {
    inputTokens: (countOf(usage.input_tokens) ?? 0) + cached + written,
    outputTokens: countOf(usage.output_tokens) ?? 0,
    ...(cached > 0 && { cachedInputTokens: cached }),
    ...(thinking !== undefined && { reasoningTokens: thinking }),
  };
}
