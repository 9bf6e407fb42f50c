/** Why an expression is refused, with the place in its text. */
export interface ExpressionProblem {
  code:
    | "expression_syntax"
    | "expression_type"
    | "expression_unknown_name"
    | "expression_too_long"
    | "expression_too_complex"
    | "expression_not_allowed"
    | "template_syntax";
  detail: string;
  start: number;
  end: number;
  severity: "error" | "warning";
  /** What was probably meant in place of the text from `start` to `end`. */
  instead?: string;
}

/** Thrown when an expression cannot be evaluated; the message is for people. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  readonly code = "expression_failed";
  readonly start: number;
  readonly end: number;

  constructor(message: string, start = 0, end = 0, options?: ErrorOptions) {
    super(message, options);
    this.start = start;
    this.end = end;
  }
}
