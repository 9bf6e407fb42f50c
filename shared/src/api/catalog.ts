import * as z from "zod";
import { Json, JsonObject } from "../json/index.ts";

export const ToolFacts = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  input: JsonObject,
  output: JsonObject,
  outside: z.boolean(),
  takesCredential: z.boolean(),
});
export type ToolFacts = z.infer<typeof ToolFacts>;

export const ModelConnectionFacts = z.object({
  kind: z.literal("model"),
  name: z.string(),
  title: z.string(),
  /** Names to suggest, as they stand in a graph: `openai:gpt-5-mini`. */
  models: z.array(z.string()),
});
export type ModelConnectionFacts = z.infer<typeof ModelConnectionFacts>;

export const TemplateFacts = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  sampleInput: Json,
});
export type TemplateFacts = z.infer<typeof TemplateFacts>;

export const Me = z.object({
  person: z.object({ id: z.string(), name: z.string() }),
  space: z.object({ id: z.string(), name: z.string() }),
});
export type Me = z.infer<typeof Me>;

export const Login = z.strictObject({ token: z.string().min(1).max(200) });
