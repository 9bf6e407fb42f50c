import type { Json } from "@signalbox/shared/json";
import type { HttpAnswer, ScriptedAnswer, WireContext } from "./answer.ts";
import { anthropicEvents } from "./anthropic-wire.ts";
import { chatEvents } from "./chat-wire.ts";
import { responsesEvents } from "./responses-wire.ts";

/** The APIs that the server speaks. */
export type WireApi = "openai-chat" | "openai-responses" | "anthropic";

interface Wire {
  path: string;
  events: (answer: ScriptedAnswer, context: WireContext) => string[];
  error: (error: { type: string; message: string; code?: string }) => Json;
  errorEvent: (error: { type: string; message: string }) => string;
}

/** How each API puts an answer on the wire: a list of SSE events, as text. */
export const wires: Record<WireApi, Wire> = {
  "openai-chat": {
    path: "/v1/chat/completions",
    events: chatEvents,
    error: (error) => ({ error: { code: null, param: null, ...error } }),
    errorEvent: (error) => sse({ error: { code: null, param: null, ...error } }),
  },
  "openai-responses": {
    path: "/v1/responses",
    events: responsesEvents,
    error: (error) => ({ error: { code: null, param: null, ...error } }),
    errorEvent: (error) => sse({ type: "error", code: error.type, message: error.message, param: null }, "error"),
  },
  anthropic: {
    path: "/v1/messages",
    events: anthropicEvents,
    error: ({ type, message }) => ({ type: "error", error: { type, message }, request_id: "req_test" }),
    errorEvent: (error) => sse({ type: "error", error }, "error"),
  },
};

/** The API that a path belongs to. */
export function apiOf(path: string): WireApi | undefined {
  const apis: WireApi[] = ["openai-chat", "openai-responses", "anthropic"];
  return apis.find((api) => path === wires[api].path);
}

/** The body of an answer that is no stream. */
export function bodyOf(answer: HttpAnswer, api: WireApi): string {
  return answer.body ?? JSON.stringify(wires[api].error(answer.error ?? { type: "error", message: "It failed." }));
}

function sse(data: Json, event?: string): string {
  return `${event === undefined ? "" : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}
