export type { Catalog, Finding, FindingCode } from "./finding.ts";
export { scopeOf } from "./scope.ts";
export { validateGraph } from "./validate.ts";
