export type { Catalog, Finding, FindingCode, WorkflowFacts } from "./finding.ts";
export { scopeOf } from "./scope.ts";
export { validateGraph } from "./validate.ts";
