export { type Answer, errorAnswers, htmlAnswer, jsonAnswer } from "./answer.ts";
export { asked } from "./asked.ts";
export { corporaFolder, listRecordedErrors, listRecordings, type Recording } from "./recordings.ts";
export { type ModelServer, type Script, startModelServer } from "./server.ts";
export type { WireApi } from "./wire.ts";
