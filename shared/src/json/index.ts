export { canonicalJson } from "./canonical.ts";
export { Json, JsonObject, type JsonSchema } from "./json.ts";
export { JsonLimits, parseJson, type JsonProblem } from "./door.ts";
