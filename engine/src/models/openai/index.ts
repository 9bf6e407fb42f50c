export { createOpenAiModel, isOpenAi, type OpenAiOptions } from "./model.ts";
