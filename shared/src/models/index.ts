export { AssistantTurn, ModelResponse, ModelUsage, ToolCall } from "./model.ts";
