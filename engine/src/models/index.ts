export { createModelCatalog, modelConnections, resolveModel } from "./connections.ts";
export type { Model, ModelConnection, ModelMessage, ModelPart, ModelRequest, OfferedTool } from "./model.ts";
