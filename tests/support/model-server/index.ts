export {
  type Answer,
  errorAnswers,
  type HttpAnswer,
  htmlAnswer,
  jsonAnswer,
  type RecordedAnswer,
  type ScriptedAnswer,
  type ScriptedCall,
} from "./answer.ts";
export { type Asked, asked } from "./asked.ts";
export {
  corporaFolder,
  type ExcludedRecording,
  listRecordedErrors,
  listRecordings,
  type RecordedError,
  type Recording,
} from "./recordings.ts";
export { type ModelServer, type ReceivedRequest, type Script, startModelServer } from "./server.ts";
export type { WireApi } from "./wire.ts";
