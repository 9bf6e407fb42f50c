export { canonicalJson } from "./canonical.ts";
export { JsonLimits, type JsonProblem, parseJson } from "./door.ts";
export { issueSentence } from "./issue.ts";
export { Json, JsonObject, type JsonSchema } from "./json.ts";
