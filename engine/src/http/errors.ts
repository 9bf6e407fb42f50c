import type { IncomingMessage } from "node:http";
import type { JsonProblem } from "@signalbox/shared/json";
import type { FastifyInstance, FastifyReply } from "fastify";
import { type ErrorCode, SignalboxError } from "../errors.ts";

interface Refusal {
  status: number;
  code: string;
  detail: string;
  path?: string;
  limit?: number;
}

/** The one place where an error becomes an answer: refused, malformed, or our bug. */
export function answerErrors(app: FastifyInstance, onError: (error: unknown) => void): void {
  app.setErrorHandler(async (error, request, reply) => {
    const refusal = asRefusal(error);
    if (refusal.code === "internal") onError(error);
    if (refusal.code === "payload_too_large") {
      refusal.limit = request.routeOptions.bodyLimit;
      await readAway(request.raw);
    }
    return refuse(reply, refusal, error instanceof SignalboxError ? error.facts.more : undefined);
  });
}

const mostReadAway = 64 * 1024 * 1024;
const longestReadAway = 10_000;

/** Whoever is still sending hears no answer: what is too large is read to its end and thrown away, within reason. */
function readAway(body: IncomingMessage): Promise<void> {
  if (body.readableEnded || body.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const timer = setTimeout(resolve, longestReadAway);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    body.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostReadAway) end();
    });
    body.once("end", end).once("close", end).once("error", end).resume();
  });
}

export function refuse(reply: FastifyReply, refusal: Refusal, more: object = {}): FastifyReply {
  // 499 is known to proxies alone; to a client it is a server that gave up
  const status = refusal.status === 499 ? 503 : refusal.status;
  return reply
    .code(status)
    .type("application/problem+json")
    .send(JSON.stringify({ ...more, ...refusal, status }));
}

/** A body that the door for JSON has refused. */
export function refuseBody({ code, detail, path, limit }: JsonProblem): SignalboxError {
  return new SignalboxError(code, detail, { path, ...(limit === undefined ? {} : { limit }) });
}

const byFastify: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported_media_type",
  FST_ERR_CTP_BODY_TOO_LARGE: "payload_too_large",
  FST_ERR_CTP_EMPTY_JSON_BODY: "invalid_json",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "validation_failed",
};

const sentences: Partial<Record<ErrorCode, string>> = {
  unsupported_media_type: "Send JSON, with the header Content-Type: application/json.",
  payload_too_large: "This body is too large.",
  invalid_json: "The body is empty; JSON is expected.",
  validation_failed: "This request is not well formed.",
};

function asRefusal(error: unknown): Refusal {
  if (error instanceof SignalboxError) {
    const { code, status, message, facts } = error;
    return {
      status,
      code,
      detail: message,
      ...(facts.path === undefined ? {} : { path: facts.path }),
      ...(facts.limit === undefined ? {} : { limit: facts.limit }),
    };
  }
  const fastifyCode = error instanceof Error && "code" in error ? String(error.code) : "";
  const code = byFastify[fastifyCode];
  if (code) {
    const { status, message } = new SignalboxError(code, sentences[code] ?? "");
    return { status, code, detail: message };
  }
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) {
    return { status, code: "validation_failed", detail: "This request is not well formed." };
  }
  return { status: 500, code: "internal", detail: "The engine failed. Its log says why; nothing was changed." };
}
