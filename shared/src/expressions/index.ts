export {
  type Checked,
  checkExpression,
  checkTemplate,
  type Expected,
  referencesOf,
  type ScopeVariable,
} from "./check.ts";
export { type Completion, completeExpression } from "./complete.ts";
export { evaluateExpression } from "./evaluate.ts";
export { ExpressionError, type ExpressionProblem } from "./problem.ts";
export type { Reference } from "./references.ts";
export { readTemplate, renderTemplate, type TemplatePart } from "./template.ts";
