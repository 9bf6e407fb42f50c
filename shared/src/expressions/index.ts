export {
  type Checked,
  checkExpression,
  checkTemplate,
  type Expected,
  referencesOf,
} from "./check.ts";
export { type Completion, completeExpression } from "./complete.ts";
export { decide, type Impossible } from "./decide.ts";
export { evaluateExpression } from "./evaluate.ts";
export { nearest } from "./nearest.ts";
export { ExpressionError, type ExpressionProblem } from "./problem.ts";
export type { Reference } from "./references.ts";
export { type ScopeVariable, schemaAt } from "./scope-variable.ts";
export { readTemplate, renderTemplate, type TemplatePart } from "./template.ts";
