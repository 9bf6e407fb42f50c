export { type AnthropicOptions, createAnthropicModel } from "./model.ts";
