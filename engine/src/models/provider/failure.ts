import { type ErrorCode, SignalboxError } from "../../errors.ts";

/** Whom an error is about. `secret` is only here so that it can be taken out of what the provider says. */
export interface Provider {
  /** The connection's name, as `openai`. */
  connection: string;
  title: string;
  /** The environment variables that hold its key and its address. */
  keyName: string;
  baseUrlName: string;
  secret: string;
}

/** What a provider said went wrong, in an HTTP answer or inside a stream. */
export interface Failure {
  status?: number | undefined;
  /** The provider's own words for the kind of error: its `type` and `code`. */
  kinds: readonly string[];
  message: string;
  retryAfterMs?: number | undefined;
  requestId?: string | undefined;
}

type FailureCode = Extract<
  ErrorCode,
  | "model_unauthorized"
  | "model_rate_limited"
  | "model_overloaded"
  | "model_unknown"
  | "model_bad_request"
  | "model_failed"
>;

interface Meaning {
  code: FailureCode;
  retryable: boolean;
}

const LONGEST_MESSAGE = 1000;

const byKind: readonly [RegExp, Meaning][] = [
  [/^(insufficient_quota|billing_error|billing_hard_limit_reached)$/, { code: "model_rate_limited", retryable: false }],
  [/^(rate_limit.*|too_many_requests|requests|tokens|429)$/, { code: "model_rate_limited", retryable: true }],
  [
    /^(overloaded.*|server_overloaded|service_unavailable.*|engine_overloaded.*|503|529)$/,
    { code: "model_overloaded", retryable: true },
  ],
  [
    /^(authentication_error|invalid_api_key|permission_error|permission_denied|unauthorized|401|403)$/,
    { code: "model_unauthorized", retryable: false },
  ],
  [/^(model_not_found|not_found_error|model_not_available|404)$/, { code: "model_unknown", retryable: false }],
  [
    /^(invalid_request.*|invalid_prompt|bad_request.*|context_length_exceeded|string_above_max_length|request_too_large|400|422)$/,
    { code: "model_bad_request", retryable: false },
  ],
];

/** The SignalboxError for a provider's failure: its status decides, and where there is none its own words. */
export function modelError(failure: Failure, provider: Provider): SignalboxError {
  const meaning = meaningOf(failure);
  const said = sentence(failure.message, provider);
  return new SignalboxError(meaning.code, `${explain(meaning, said, provider)}${reference(failure)}`, {
    retryable: meaning.retryable,
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
    ...(failure.requestId !== undefined && { more: { requestId: failure.requestId } }),
  });
}

function meaningOf({ status, kinds, message }: Failure): Meaning {
  const kind = byKind.find(([pattern]) => kinds.some((word) => pattern.test(word.toLowerCase())))?.[1];
  if (status === undefined) return kind ?? { code: "model_failed", retryable: true };
  if (status === 401 || status === 403) return { code: "model_unauthorized", retryable: false };
  if (status === 429)
    return kind?.code === "model_rate_limited" ? kind : { code: "model_rate_limited", retryable: true };
  if (status === 503 || status === 529) return { code: "model_overloaded", retryable: true };
  if (status >= 500 || status === 408 || status === 409) return { code: "model_failed", retryable: true };
  if (kind?.code === "model_unknown" && kinds.some((word) => /model/i.test(word))) return kind;
  // a 404 that does not speak of the model is a wrong address
  if (status === 404 && /model/i.test(message)) return { code: "model_unknown", retryable: false };
  return { code: "model_bad_request", retryable: false };
}

function explain({ code, retryable }: Meaning, said: string, { title, connection, keyName, baseUrlName }: Provider) {
  switch (code) {
    case "model_unauthorized":
      // the provider's own words may repeat parts of the key
      return `${title} did not accept the key of the connection "${connection}", or does not let it use this model. Check ${keyName}.`;
    case "model_rate_limited":
      return retryable
        ? `${title} asks to slow down: ${said}`
        : `${title} has no quota left for the key of the connection "${connection}": ${said}`;
    case "model_overloaded":
      return `${title} is overloaded or not available at the moment: ${said}`;
    case "model_unknown":
      return `${title} does not have this model: ${said}`;
    case "model_bad_request":
      return said === NOTHING_SAID
        ? `${title} did not accept the request. If this is a server of your own, check ${baseUrlName}.`
        : `${title} did not accept the request: ${said}`;
    case "model_failed":
      return `${title} failed: ${said}`;
  }
}

const NOTHING_SAID = "it gave no reason.";

function sentence(message: string, { secret }: Provider): string {
  const looksLikePage = /^\s*<(!doctype|html)/i.test(message);
  if (looksLikePage || message.trim() === "") return NOTHING_SAID;
  const clean = secret === "" ? message : message.replaceAll(secret, "•••");
  return Array.from(clean.toWellFormed()).slice(0, LONGEST_MESSAGE).join("");
}

function reference({ requestId }: Failure): string {
  return requestId === undefined ? "" : ` (request ${requestId})`;
}

/** Milliseconds that the headers ask to wait; a date counts from the answer's own date. */
export function retryAfterOf(headers: Headers | undefined): number | undefined {
  const exact = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (Number.isFinite(exact)) return Math.max(0, Math.ceil(exact));
  const given = headers?.get("retry-after") ?? "";
  if (/^\s*\d+(\.\d+)?\s*$/.test(given)) return Math.ceil(Number(given) * 1000);
  const wait = Date.parse(given) - Date.parse(headers?.get("date") ?? "");
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
