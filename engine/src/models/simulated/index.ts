export { createSimulatedModel, type Pause, type SimulatedOptions } from "./model.ts";
