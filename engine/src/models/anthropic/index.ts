export { createAnthropicModel, isAnthropic } from "./model.ts";
