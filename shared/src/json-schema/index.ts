export { misshapenIn } from "./misshapen.ts";
export { type Misfit, validateJson } from "./validate.ts";
