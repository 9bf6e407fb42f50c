import OpenAI from "openai";
import type { Model } from "../model.ts";
import { type AnswerReader, readAnswer } from "../provider/answer.ts";
import { type OpenStream, providerEvents } from "../provider/events.ts";
import type { Provider } from "../provider/failure.ts";
import { ChatReader } from "./chat-reader.ts";
import { chatParams } from "./chat-request.ts";
import { ResponsesReader } from "./responses-reader.ts";
import { responsesParams } from "./responses-request.ts";

/** How to reach OpenAI or a server that speaks one of its two APIs. */
export interface OpenAiOptions {
  /** Undefined for a server that wants no key. */
  apiKey?: string | undefined;
  /** Undefined for OpenAI itself. */
  baseUrl?: string | undefined;
  /** `responses` is OpenAI's own; `chat` is what Ollama, vLLM, OpenRouter and most others speak. */
  api: "responses" | "chat";
  fetch?: typeof globalThis.fetch | undefined;
}

const BASE_URL = "https://api.openai.com/v1";
// the SDK will not go without a key; a server that wants none does not look at it
const NO_KEY = "none";

/** OpenAI, or a compatible server, as a model. Retries are the workflow's, so the SDK makes none. */
export function createOpenAiModel({ apiKey, baseUrl, api, fetch }: OpenAiOptions): Model {
  const client = new OpenAI({
    apiKey: apiKey ?? NO_KEY,
    baseURL: baseUrl ?? BASE_URL,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: "off",
    ...(fetch && { fetch }),
  });
  const compatible = baseUrl !== undefined && !isOpenAi(baseUrl);
  const provider: Provider = {
    connection: "openai",
    title: compatible ? "The model server" : "OpenAI",
    keyName: "OPENAI_API_KEY",
    baseUrlName: "OPENAI_BASE_URL",
    secret: apiKey ?? "",
  };
  return {
    stream: (request, { signal }) => {
      const [open, reader] = ((): [() => Promise<OpenStream>, AnswerReader] => {
        if (api === "responses") {
          const params = responsesParams(request);
          return [() => client.responses.create(params, { signal }).withResponse(), new ResponsesReader(provider)];
        }
        const params = chatParams(request, compatible);
        return [() => client.chat.completions.create(params, { signal }).withResponse(), new ChatReader()];
      })();
      return readAnswer(providerEvents(open, provider, signal), reader, provider);
    },
  };
}

/** Whether the address is OpenAI's own. */
export function isOpenAi(baseUrl: string): boolean {
  return URL.parse(baseUrl)?.hostname === "api.openai.com";
}
