export { type AnthropicOptions, createAnthropicModel, isAnthropic } from "./model.ts";
