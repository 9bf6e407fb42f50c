export { createSimulatedModel, type Pause } from "./model.ts";
