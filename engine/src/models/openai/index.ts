export { createOpenAiModel, isOpenAi } from "./model.ts";
