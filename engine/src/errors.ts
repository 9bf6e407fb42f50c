/** Every refusal of the engine and the HTTP status it has. Codes are public: added, never renamed. */
const errorStatuses = {
  validation_failed: 400,
  unknown_field: 400,
  unknown_type: 400,
  invalid_json: 400,
  too_deep: 400,
  too_many_values: 400,
  key_too_long: 400,
  forbidden_key: 400,
  duplicate_key: 400,
  lone_surrogate: 400,
  unauthenticated: 401,
  forbidden: 403,
  origin_refused: 403,
  host_refused: 403,
  not_found: 404,
  method_not_allowed: 405,
  revision_conflict: 409,
  idempotency_conflict: 409,
  already_decided: 409,
  run_ended: 409,
  not_in_doubt: 409,
  workflow_in_use: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  graph_invalid: 422,
  input_invalid: 422,
  rate_limited: 429,
  internal: 500,
  storage_unavailable: 503,
  // failures of nodes; they reach people as a run's or a node's error, seldom as an HTTP answer
  timeout: 504,
  cancelled: 499,
  expression_failed: 422,
  egress_denied: 422,
  http_status: 502,
  http_failed: 502,
  response_too_large: 502,
  content_not_text: 422,
  tool_unknown: 422,
  tool_arguments_invalid: 422,
  tool_failed: 502,
  tool_refused: 422,
  credential_unknown: 422,
  credential_not_taken: 422,
  credential_missing: 422,
  credential_host_denied: 422,
  code_failed: 422,
  code_timeout: 504,
  code_output_too_large: 422,
  model_unknown: 422,
  model_not_configured: 422,
  model_refused: 502,
  model_rate_limited: 502,
  model_overloaded: 502,
  model_unauthorized: 502,
  model_bad_request: 502,
  model_failed: 502,
  model_stream_truncated: 502,
  output_invalid: 502,
  tool_call_invalid: 502,
  max_steps_exceeded: 422,
  budget_exceeded: 422,
  frame_failed: 422,
  workflow_unknown: 422,
  subflow_failed: 422,
  subflow_cancelled: 422,
  subflow_too_deep: 422,
  data_in_use: 409,
  port_in_use: 409,
  configuration_invalid: 500,
  key_unusable: 500,
  key_wrong: 500,
} as const;

export type ErrorCode = keyof typeof errorStatuses;

interface Facts {
  /** The field at fault, as `graph.nodes.2.data.prompt`. */
  path?: string;
  /** The limit that was passed, where there is one. */
  limit?: number;
  /** For a failure of a node: whether the same call may work a moment later. */
  retryable?: boolean;
  /** Milliseconds the other side asked us to wait before the next try. */
  retryAfterMs?: number;
  /** More facts for the answer, as who decided an approval and when. */
  more?: Record<string, unknown>;
  cause?: unknown;
}

/** A failure we expected, with a sentence for people. Anything else that is thrown is a bug and answers 500. */
export class SignalboxError extends Error {
  override readonly name = "SignalboxError";
  readonly code: ErrorCode;
  readonly facts: Facts;

  constructor(code: ErrorCode, message: string, facts: Facts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.facts = facts;
  }

  get status(): number {
    return errorStatuses[this.code];
  }
}
