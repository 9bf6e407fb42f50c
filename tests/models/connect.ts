import type { ModelResponse } from "@signalbox/shared/models";
import {
  type Model,
  type ModelPart,
  type ModelRequest,
  modelConnections,
  resolveModel,
} from "../../engine/src/models/index.ts";
import type { ModelServer, WireApi } from "../support/model-server/index.ts";

/** A key that must never be seen anywhere but in the request's own header. */
export const secretKey = "sk-test-2f9c1e7a4b";

/** Our provider for an API, as the environment sets it up, speaking to the local server. */
export function connect(server: Pick<ModelServer, "openAiUrl" | "anthropicUrl">, api: WireApi): Model {
  const env =
    api === "anthropic"
      ? { ANTHROPIC_API_KEY: secretKey, ANTHROPIC_BASE_URL: server.anthropicUrl }
      : {
          OPENAI_API_KEY: secretKey,
          OPENAI_BASE_URL: server.openAiUrl,
          OPENAI_API: api === "openai-chat" ? "chat" : "responses",
        };
  const connections = modelConnections(env, { pause: async () => {}, pauseMs: 0 });
  return resolveModel(connections, api === "anthropic" ? "anthropic:claude-sonnet-5" : "openai:gpt-5-mini").model;
}

/** A request with what a test does not care about filled in. */
export function ask(request: Partial<ModelRequest> = {}): ModelRequest {
  return { model: "a-model", messages: [{ role: "user", text: "Hello" }], tools: [], ...request };
}

/** Everything a model says, and its deltas joined. */
export async function listen(
  model: Model,
  request: ModelRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ parts: ModelPart[]; response: ModelResponse; text: string; reasoning: string }> {
  const parts: ModelPart[] = [];
  for await (const part of model.stream(request, { signal })) parts.push(part);
  const last = parts.at(-1);
  if (last?.type !== "end") throw new Error("The stream ended without its end.");
  const joined = (type: "text" | "reasoning") => parts.map((part) => (part.type === type ? part.delta : "")).join("");
  return { parts, response: last.response, text: joined("text"), reasoning: joined("reasoning") };
}
