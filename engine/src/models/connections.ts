import { SignalboxError } from "../errors.ts";
import { createAnthropicModel, isAnthropic } from "./anthropic/index.ts";
import type { ModelCatalog } from "./catalog.ts";
import type { ModelConnection } from "./model.ts";
import { createOpenAiModel, isOpenAi } from "./openai/index.ts";
import { costUsd } from "./prices.ts";
import { createSimulatedModel, type Pause } from "./simulated/index.ts";

/** What the connections are made with; `fetch` is the guarded one. */
export interface ConnectionOptions {
  fetch?: typeof globalThis.fetch;
  pause: Pause;
  /** Between two deltas of the simulated model. */
  pauseMs?: number;
  /** Offered tools that the simulated model never calls of its own accord. */
  passOver?: readonly string[];
}

type ResolvedModel = ReturnType<ModelCatalog["resolve"]>;

type Environment = Readonly<Record<string, string | undefined>>;

const openAiNames = { key: "OPENAI_API_KEY", baseUrl: "OPENAI_BASE_URL" };
const anthropicNames = { key: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" };
const keyNames = new Map([
  ["openai", openAiNames],
  ["anthropic", anthropicNames],
]);

/**
 * The connections that the environment sets up, after the simulated one, which is always there:
 * - `OPENAI_API_KEY`: OpenAI, through its Responses API.
 * - `OPENAI_BASE_URL`: a compatible server such as Ollama, vLLM, LM Studio or OpenRouter, through Chat Completions, which
 *   is what all of them speak. Works without a key. `OPENAI_API=responses` or `chat` decides otherwise.
 * - `ANTHROPIC_API_KEY`, `ANTHROPIC_BASE_URL`: Anthropic, or a server that speaks its Messages API.
 */
export function modelConnections(env: Environment, options: ConnectionOptions): ModelConnection[] {
  const { fetch, ...simulated } = options;
  const connections: ModelConnection[] = [
    { name: "simulated", title: "Simulated", model: createSimulatedModel(simulated), suggestions: ["simulated"] },
  ];
  const openai = settings(env, openAiNames);
  if (openai) {
    const compatible = openai.baseUrl !== undefined && !isOpenAi(openai.baseUrl);
    connections.push({
      name: "openai",
      title: compatible ? `OpenAI-compatible (${hostOf(openai.baseUrl)})` : "OpenAI",
      model: createOpenAiModel({ ...openai, api: openAiApi(env, compatible), fetch }),
      // what a compatible server calls its models we cannot know
      suggestions: compatible ? [] : ["gpt-5-mini", "gpt-5-nano", "gpt-5.2", "gpt-5", "gpt-4.1"],
    });
  }
  const anthropic = settings(env, anthropicNames);
  if (anthropic) {
    const compatible = anthropic.baseUrl !== undefined && !isAnthropic(anthropic.baseUrl);
    connections.push({
      name: "anthropic",
      title: compatible ? `Anthropic-compatible (${hostOf(anthropic.baseUrl)})` : "Anthropic",
      model: createAnthropicModel({ ...anthropic, fetch }),
      suggestions: compatible ? [] : ["claude-haiku-4-5", "claude-sonnet-5", "claude-opus-5"],
    });
  }
  return connections;
}

/** The catalog of these connections, with the prices we know. */
export function createModelCatalog(connections: readonly ModelConnection[]): ModelCatalog {
  return { resolve: (reference) => resolveModel(connections, reference), costUsd };
}

/** Finds the model that a reference names: `"simulated"`, or `"connection:model-id"` as in `"openai:gpt-5-mini"`. */
export function resolveModel(connections: readonly ModelConnection[], reference: string): ResolvedModel {
  const colon = reference.indexOf(":");
  // a model's own name may hold colons, as `ollama` tags do: the first one counts
  const name = colon === -1 ? reference : reference.slice(0, colon);
  const id = colon === -1 ? "" : reference.slice(colon + 1);
  const connection = connections.find((known) => known.name === name);
  if (!connection) throw missing(name, reference, connections);
  if (name === "simulated") return { model: connection.model, connection: name, modelId: id || "simulated" };
  if (id === "") {
    const example = connection.suggestions[0] ?? "model-name";
    const detail = `"${reference}" names a connection and no model. Write both, as in "${name}:${example}".`;
    throw new SignalboxError("model_unknown", detail);
  }
  return { model: connection.model, connection: name, modelId: id };
}

function missing(name: string, reference: string, connections: readonly ModelConnection[]): SignalboxError {
  const names = keyNames.get(name);
  if (names) {
    const detail = `The model "${reference}" needs the connection "${name}", which is not set up. Start Signalbox with ${names.key} set (or ${names.baseUrl} for a server of your own), or choose "simulated".`;
    return new SignalboxError("model_not_configured", detail);
  }
  const known = connections.map((connection) => `"${connection.name}"`).join(", ");
  const detail = `There is no model "${reference}". Write "connection:model", as in "openai:gpt-5-mini". Connections here: ${known}.`;
  return new SignalboxError("model_unknown", detail);
}

function settings(env: Environment, names: typeof openAiNames): { apiKey?: string; baseUrl?: string } | undefined {
  const apiKey = env[names.key]?.trim();
  const baseUrl = env[names.baseUrl]?.trim();
  if (!apiKey && !baseUrl) return undefined;
  if (baseUrl && !URL.canParse(baseUrl)) {
    const detail = `${names.baseUrl} is not a URL. Write it in full, as in "http://127.0.0.1:11434/v1".`;
    throw new SignalboxError("configuration_invalid", detail);
  }
  return { ...(apiKey && { apiKey }), ...(baseUrl && { baseUrl }) };
}

function openAiApi(env: Environment, compatible: boolean): "responses" | "chat" {
  const chosen = env.OPENAI_API?.trim();
  if (!chosen) return compatible ? "chat" : "responses";
  if (chosen === "responses" || chosen === "chat") return chosen;
  throw new SignalboxError("configuration_invalid", 'OPENAI_API is neither "responses" nor "chat".');
}

function hostOf(baseUrl: string | undefined): string {
  return URL.parse(baseUrl ?? "")?.host ?? "";
}
