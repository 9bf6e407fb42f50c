export { type Config, type Flags, readConfig } from "./config.ts";
export { SignalboxError } from "./errors.ts";
export type { EngineOptions } from "./open-engine.ts";
export { type Served, serve } from "./serve.ts";
