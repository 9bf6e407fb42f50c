import { SignalboxError } from "../../errors.ts";
import { type Failure, modelError, type Provider, retryAfterOf } from "./failure.ts";
import { countOf, fieldsOf, textOf } from "./fields.ts";

/** A request that an SDK has begun: its events as they came, and the HTTP answer they come in. */
export interface OpenStream {
  data: AsyncIterable<unknown>;
  response: Response;
}

const LONGEST_CAUSE_CHAIN = 6;

/**
 * The events of one answer as the SDK read them from the wire. Whatever goes wrong on the way there is thrown as a
 * SignalboxError; what the reader of the events throws is not touched.
 */
export async function* providerEvents(
  open: () => Promise<OpenStream>,
  provider: Provider,
  signal: AbortSignal,
): AsyncGenerator<unknown> {
  let seen = 0;
  try {
    const { data, response } = await open();
    await refuseOtherContent(response, provider);
    for await (const event of data) {
      seen += 1;
      yield event;
    }
  } catch (error) {
    throw asModelError(error, provider, signal);
  }
  // the SDKs end a stream quietly when it was aborted
  if (signal.aborted) throw cancelled(provider);
  if (seen === 0) throw notAStream(provider);
}

/** The error for a stream that ended before the model had finished. */
export function truncated({ title }: Provider): SignalboxError {
  const detail = `The answer of ${title} broke off before it was finished. The same call may work when tried again.`;
  return new SignalboxError("model_stream_truncated", detail, { retryable: true });
}

/** The error that a provider sent inside a stream, as its `error` object. */
export function errorInStream(error: unknown, provider: Provider): SignalboxError {
  return modelError(failureOf(error, {}), provider);
}

async function refuseOtherContent(response: Response, provider: Provider): Promise<void> {
  const type = response.headers.get("content-type")?.toLowerCase() ?? "";
  if (!type.includes("html") && !type.includes("application/json")) return;
  const body = await response.text();
  if (type.includes("application/json")) {
    const { error } = fieldsOf(parsedOrNothing(body));
    if (error) throw errorInStream(error, provider);
  }
  throw notAStream(provider);
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // not JSON after all: there is no error object to find
    return undefined;
  }
}

function notAStream({ title, baseUrlName }: Provider): SignalboxError {
  const detail = `${title} answered with something that is not a model's stream. Check that ${baseUrlName} points at an API and not at a web page.`;
  return new SignalboxError("model_failed", detail, { retryable: false });
}

function cancelled({ title }: Provider): SignalboxError {
  return new SignalboxError("cancelled", `The call of ${title} was cancelled.`);
}

function asModelError(error: unknown, provider: Provider, signal: AbortSignal): SignalboxError {
  if (signal.aborted) return cancelled(provider);
  // the guarded fetch says itself why it did not connect
  const own = causesOf(error).find((cause) => cause instanceof SignalboxError);
  if (own) return own;
  // both SDKs put `status`, `headers` and the body's `error` on what they throw
  const { status, headers, error: body, requestID } = fieldsOf(error);
  const failed = { status: countOf(status), headers: headers instanceof Headers ? headers : undefined };
  const requestId = textOf(requestID) || undefined;
  if (failed.status !== undefined) {
    const message = error instanceof Error ? error.message.replace(/^\d{3} /, "") : "";
    return modelError(failureOf(body, { ...failed, requestId, message }), provider);
  }
  if (body) return modelError(failureOf(body, { ...failed, requestId }), provider);
  return new SignalboxError("model_failed", connectionSentence(error, provider), { retryable: true, cause: error });
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at !== undefined && causes.length < LONGEST_CAUSE_CHAIN; at = fieldsOf(at).cause) {
    causes.push(at);
  }
  return causes;
}

interface Around {
  status?: number | undefined;
  headers?: Headers | undefined;
  requestId?: string | undefined;
  message?: string;
}

// Anthropic wraps its error in `{type: "error", error}`, OpenRouter puts a status in `code`, others send only a text
function failureOf(body: unknown, { status, headers, requestId, message }: Around): Failure {
  const outer = fieldsOf(body);
  const error = outer.error === undefined ? outer : fieldsOf(outer.error);
  const { type, code } = error;
  const kinds = [type, code, outer.type].flatMap((kind) =>
    typeof kind === "string" || typeof kind === "number" ? [String(kind)] : [],
  );
  // OpenRouter tells in there what the provider behind it said
  const behind = textOf(fieldsOf(error.metadata).raw);
  const said =
    [textOf(error.message), behind].filter((part) => part !== "").join(" ") ||
    textOf(outer.message) ||
    textOf(outer.error) ||
    textOf(body);
  const inside = typeof code === "number" && code >= 400 && code < 600 ? code : undefined;
  return {
    status: status ?? inside,
    kinds,
    message: said || pageless(message ?? ""),
    retryAfterMs: retryAfterOf(headers),
    requestId: requestId ?? (textOf(outer.request_id) || undefined),
  };
}

function pageless(message: string): string {
  return message.includes("status code (no body)") ? "" : message;
}

function connectionSentence(error: unknown, { title, baseUrlName }: Provider): string {
  const code = causesOf(error)
    .map((cause) => textOf(fieldsOf(cause).code))
    .find((found) => found !== "");
  if (error instanceof SyntaxError) return `${title} sent a stream that is not readable: an event was not JSON.`;
  return `The connection to ${title} failed${code === undefined ? "" : ` (${code})`}. If this is a server of your own, check that it runs and ${baseUrlName}.`;
}
