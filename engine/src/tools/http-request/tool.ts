import { type Json, type JsonObject, parseJson } from "@signalbox/shared/json";
import { credentialHeaders } from "../../credentials/send.ts";
import type { Egress, EgressAnswer } from "../../egress/egress.ts";
import { SignalboxError } from "../../errors.ts";
import type { Tool } from "../tool.ts";
import { urlArgument } from "../url-argument.ts";

const repeatable = new Set(["GET", "HEAD", "OPTIONS"]);
const bodiless = new Set(["GET", "HEAD"]);

/** One request to an HTTP server, through the guarded door. */
export function httpRequest(egress: Egress): Tool {
  return {
    name: "http.request",
    title: "HTTP request",
    description: "Sends one HTTP request and gives back its status, headers and body.",
    input: inputSchema,
    output: {
      type: "object",
      properties: {
        status: { type: "integer" },
        headers: { type: "object", additionalProperties: { type: "string" } },
        body: {},
        url: { type: "string" },
      },
      required: ["status", "headers", "body", "url"],
      additionalProperties: false,
    },
    idempotent: (args) => repeatable.has(methodOf(args)),
    outside: true,
    takesCredential: true,
    call: async (args, { signal, idempotencyKey, credential }) => {
      const method = methodOf(args);
      const { headers, body } = bodyOf(args);
      if (body !== undefined && bodiless.has(method)) {
        const detail = `A ${method} request has no body. Remove "body", or choose another method.`;
        throw new SignalboxError("tool_arguments_invalid", detail, { path: "body", retryable: false });
      }
      // last, so that no argument can take its place
      if (credential) Object.assign(headers, credentialHeaders(credential, urlOf(args)));
      if (!repeatable.has(method)) headers["idempotency-key"] ??= idempotencyKey;
      const answer = await egress.request(urlOf(args), {
        method,
        headers,
        signal,
        ...(body === undefined ? {} : { body }),
        ...(typeof args.timeoutMs === "number" ? { timeoutMs: args.timeoutMs } : {}),
      });
      const read = readAnswer(answer);
      if (!isAccepted(answer.status, args.acceptStatus)) {
        const begins = typeof read.body === "string" ? read.body : JSON.stringify(read.body);
        const detail = `${method} ${answer.url} answered ${answer.status}: ${begins.slice(0, 300)}`;
        throw new SignalboxError("http_status", detail);
      }
      return read;
    },
  };
}

const inputSchema: JsonObject = {
  type: "object",
  properties: {
    method: {
      title: "Method",
      enum: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"],
      description: "GET unless set.",
    },
    url: { type: "string", title: "URL", description: "A full address with http or https.", format: "uri" },
    headers: { type: "object", title: "Headers", additionalProperties: { type: "string" } },
    query: { type: "object", title: "Query", description: "Added to the URL." },
    body: { title: "Body", description: "Text is sent as it is, anything else as JSON." },
    acceptStatus: {
      type: "array",
      title: "Accepted statuses",
      description: 'As 404 or "4xx". Others from 400 on are failures.',
      items: { anyOf: [{ type: "integer" }, { type: "string" }] },
    },
    timeoutMs: { type: "integer", title: "Timeout in milliseconds", minimum: 1, maximum: 30_000 },
  },
  required: ["url"],
  additionalProperties: false,
};

function methodOf({ method }: JsonObject): string {
  return typeof method === "string" ? method.toUpperCase() : "GET";
}

function urlOf(args: JsonObject): string {
  const parsed = urlArgument(args);
  const { query } = args;
  for (const [name, value] of Object.entries(isObject(query) ? query : {})) {
    if (value !== null) parsed.searchParams.append(name, asText(value));
  }
  return parsed.href;
}

function bodyOf({ headers: given, body }: JsonObject): { headers: Record<string, string>; body?: string } {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(isObject(given) ? given : {})) headers[name.toLowerCase()] = asText(value);
  // a field that was emptied asks for none
  if (body === undefined || body === null || body === "") return { headers };
  if (typeof body === "string") return { headers, body };
  headers["content-type"] ??= "application/json";
  return { headers, body: JSON.stringify(body) };
}

function readAnswer({ status, headers, body, url }: EgressAnswer): { [key: string]: Json } {
  const about = { status, headers, url };
  const type = headers["content-type"] ?? "";
  const text = decode(body);
  if (text === undefined) return { ...about, body: Buffer.from(body).toString("base64"), encoding: "base64" };
  if (!/\bjson\b/.test(type)) return { ...about, body: text };
  const parsed = parseJson(text);
  return { ...about, body: "value" in parsed ? parsed.value : text };
}

function decode(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function isAccepted(status: number, accept: Json | undefined): boolean {
  if (status < 400) return true;
  const family = `${Math.floor(status / 100)}xx`;
  return (
    Array.isArray(accept) &&
    accept.some((one) => asText(one) === String(status) || asText(one).toLowerCase() === family)
  );
}

function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value);
}
