import Anthropic from "@anthropic-ai/sdk";
import type { Model } from "../model.ts";
import { readAnswer } from "../provider/answer.ts";
import { providerEvents } from "../provider/events.ts";
import type { Provider } from "../provider/failure.ts";
import { MessagesReader } from "./reader.ts";
import { messagesParams } from "./request.ts";

/** How to reach Anthropic or a server that speaks its Messages API. */
export interface AnthropicOptions {
  /** Undefined for a server that wants no key. */
  apiKey?: string | undefined;
  /** Undefined for Anthropic itself. */
  baseUrl?: string | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

const BASE_URL = "https://api.anthropic.com";
// the SDK would look for credentials on the disk without one
const NO_KEY = "none";

/** Anthropic, or a compatible server, as a model. Retries are the workflow's, so the SDK makes none. */
export function createAnthropicModel({ apiKey, baseUrl, fetch }: AnthropicOptions): Model {
  const compatible = baseUrl !== undefined && !isAnthropic(baseUrl);
  const client = new Anthropic({
    apiKey: apiKey ?? NO_KEY,
    baseURL: baseUrl ?? BASE_URL,
    maxRetries: 0,
    logLevel: "off",
    ...(compatible && { defaultHeaders: olderHeaders(apiKey ?? NO_KEY) }),
    ...(fetch && { fetch }),
  });
  const provider: Provider = {
    connection: "anthropic",
    title: compatible ? "The model server" : "Anthropic",
    keyName: "ANTHROPIC_API_KEY",
    baseUrlName: "ANTHROPIC_BASE_URL",
    secret: apiKey ?? "",
  };
  return {
    stream: (request, { signal }) => {
      const open = () => client.messages.create(messagesParams(request, compatible), { signal }).withResponse();
      return readAnswer(providerEvents(open, provider, signal), new MessagesReader(provider), provider);
    },
  };
}

// the SDK sends the newest version and the key only as a bearer token, which most other servers do not know yet
function olderHeaders(key: string) {
  return { "x-api-key": key, "anthropic-version": "2023-06-01" };
}

/** Whether the address is Anthropic's own. */
export function isAnthropic(baseUrl: string): boolean {
  return URL.parse(baseUrl)?.hostname === "api.anthropic.com";
}
