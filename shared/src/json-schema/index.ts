export { type Misfit, validateJson } from "./validate.ts";
