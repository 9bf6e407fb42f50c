export { type ConnectionOptions, modelConnections, type ResolvedModel, resolveModel } from "./connections.ts";
export type { Model, ModelConnection, ModelMessage, ModelPart, ModelRequest, OfferedTool } from "./model.ts";
export { costUsd, pricesAsOf } from "./prices.ts";
export type { Pause } from "./simulated/index.ts";
