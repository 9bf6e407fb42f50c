export { type Config, type Flags, readConfig } from "./config.ts";
export { SignalboxError } from "./errors.ts";
export { type Served, type ServeOptions, serve } from "./serve.ts";
