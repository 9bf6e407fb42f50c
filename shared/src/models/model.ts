import * as z from "zod";
import { Json } from "../json/index.ts";

/** A call a model asks for. `malformed` holds the text of arguments that were not JSON; then `arguments` is null. */
export const ToolCall = z.object({
  id: z.string(),
  name: z.string(),
  arguments: Json,
  malformed: z.string().optional(),
});
export type ToolCall = z.infer<typeof ToolCall>;

/** Tokens of one call as the provider counted them; `inputTokens` holds the cached ones too. */
export const ModelUsage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedInputTokens: z.number().optional(),
  reasoningTokens: z.number().optional(),
});
export type ModelUsage = z.infer<typeof ModelUsage>;

/** What a model said in one turn. `native` is the provider's own form, given back to it unchanged (thinking blocks). */
export const AssistantTurn = z.object({
  text: z.string(),
  toolCalls: z.array(ToolCall),
  native: z.object({ provider: z.string(), content: Json }).optional(),
});
export type AssistantTurn = z.infer<typeof AssistantTurn>;

/** One whole answer of a model, as it is kept in the log. */
export const ModelResponse = AssistantTurn.extend({
  reasoning: z.string().optional(),
  refusal: z.string().optional(),
  stop: z.enum(["end", "tool_calls", "length", "refusal", "other"]),
  usage: ModelUsage,
  /** The model that answered, as the provider names it. */
  model: z.string(),
  /** The provider's id of this answer or request, for its support. */
  providerId: z.string().optional(),
  /** True where the built-in simulated model answered. */
  simulated: z.boolean().optional(),
});
export type ModelResponse = z.infer<typeof ModelResponse>;
