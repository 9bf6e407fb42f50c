export { applyFix, freeName } from "./apply-fix.ts";
export { Fix, type FixStep } from "./fix.ts";
