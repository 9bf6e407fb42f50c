import type { Json, JsonSchema } from "@signalbox/shared/json";
import type { AssistantTurn, ModelResponse } from "@signalbox/shared/models";

export type ModelMessage =
  | { role: "user"; text: string }
  | ({ role: "assistant" } & AssistantTurn)
  | { role: "tool"; call: string; name: string; result: Json; isError: boolean };

/** A tool as it is offered to a model. `name` is the tool node's id, which every provider takes as it is. */
export interface OfferedTool {
  name: string;
  description: string;
  input: JsonSchema;
}

export interface ModelRequest {
  /** The provider's own name of the model, without the connection before the colon. */
  model: string;
  instructions?: string;
  messages: readonly ModelMessage[];
  tools: readonly OfferedTool[];
  toolChoice?: "auto" | "required" | "none" | { tool: string };
  /** When set, the answer's text must be JSON of this schema, by the provider's own means where it has them. */
  output?: JsonSchema;
  temperature?: number;
  reasoning?: "minimal" | "low" | "medium" | "high";
  maxOutputTokens?: number;
}

/** What arrives while a model answers. Exactly one `end` comes last, with the whole answer. */
export type ModelPart =
  | { type: "text"; delta: string }
  | { type: "reasoning"; delta: string }
  | { type: "end"; response: ModelResponse };

/**
 * One provider's way to answer. Throws SignalboxError with a `model_*` code (with `retryable` and `retryAfterMs` where
 * the provider said so); aborts its request on the wire when the signal fires. Unknown stream events are passed over.
 */
export interface Model {
  stream: (request: ModelRequest, options: { signal: AbortSignal }) => AsyncIterable<ModelPart>;
}

/** A connection to a provider: `openai` in `openai:gpt-5-mini`. */
export interface ModelConnection {
  name: string;
  title: string;
  model: Model;
  /** Names to suggest in the editor; any other name is passed to the provider as it is. */
  suggestions: readonly string[];
}
