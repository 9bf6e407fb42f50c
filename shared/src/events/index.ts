export { BlobRef, escapeBlobs, inlineLimitBytes, isBlobRef, unescapeBlobs } from "./blob.ts";
export {
  type EventOf,
  endsRun,
  type FactOf,
  Failure,
  RunEvent,
  RunFact,
  type RunFactType,
  TimerPurpose,
} from "./event.ts";
