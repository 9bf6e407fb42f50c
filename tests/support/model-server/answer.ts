import type { Json } from "@signalbox/shared/json";

/** A call of a tool in an answer. A text is sent as it is, so that malformed arguments can be played. */
export interface ScriptedCall {
  id?: string;
  name: string;
  arguments: Json;
}

/** What a model says, in no provider's words. Everything is optional; an empty one is an empty answer. */
export interface ScriptedAnswer {
  text?: string;
  /** Characters of text (and of arguments) in one delta; 12 unless set. */
  chunk?: number;
  reasoning?: string;
  toolCalls?: readonly ScriptedCall[];
  refusal?: string;
  usage?: { inputTokens: number; outputTokens: number; cachedInputTokens?: number; reasoningTokens?: number };
  /** The answer ran into the limit of its length. */
  cutByLength?: boolean;
  /** Milliseconds before each event. */
  delayMs?: number;
  /** How the stream goes wrong after what is above was said: no finish, an error event, silence, a reset connection. */
  ending?: "truncate" | "hang" | "reset" | { error: { type: string; message: string } };
}

/** Who answers what: ids that a test can expect. */
export interface WireContext {
  model: string;
  /** Counts the requests from 0. */
  n: number;
}

/** An HTTP answer that is no stream, as 429 with `retry-after`, or a web page with 200. */
export interface HttpAnswer {
  status: number;
  /** Sent in the way of the API that was asked. */
  error?: { type: string; message: string; code?: string };
  headers?: Readonly<Record<string, string>>;
  /** Sent as it is, instead of an error. */
  body?: string;
  contentType?: string;
}

/** A stream as it was recorded, whole or in pieces of so many bytes. */
export interface RecordedAnswer {
  sse: string;
  chunkBytes?: number;
}

export type Answer = ScriptedAnswer | HttpAnswer | RecordedAnswer;

/** An answer whose text is this value as JSON. */
export function jsonAnswer(value: Json): ScriptedAnswer {
  return { text: JSON.stringify(value) };
}

/** A web page where an API should be. */
export const htmlAnswer: HttpAnswer = {
  status: 200,
  contentType: "text/html; charset=utf-8",
  body: "<!doctype html><html><body><h1>It works!</h1></body></html>",
};

/** The usual refusals of a provider. */
export const errorAnswers = {
  unauthorized: { status: 401, error: { type: "authentication_error", message: "Incorrect API key provided." } },
  rateLimited: {
    status: 429,
    error: { type: "rate_limit_error", message: "Rate limit reached." },
    headers: { "retry-after": "2" },
  },
  failed: { status: 500, error: { type: "server_error", message: "The server had an error." } },
  overloaded: { status: 529, error: { type: "overloaded_error", message: "Overloaded" } },
} as const satisfies Record<string, HttpAnswer>;

/** The text in pieces of so many characters; an empty text has none. */
export function pieces(text: string, size: number): string[] {
  const chars = Array.from(text);
  return Array.from({ length: Math.ceil(chars.length / size) }, (_, at) =>
    chars.slice(at * size, (at + 1) * size).join(""),
  );
}

/** The arguments as they are typed. */
export function argumentsText({ arguments: given }: ScriptedCall): string {
  return typeof given === "string" ? given : JSON.stringify(given);
}
