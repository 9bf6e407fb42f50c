export { frameVerdict, mayStartLane } from "./frames.ts";
export { joinVerdict } from "./join.ts";
export { newRun, snapshotRun } from "./new-run.ts";
export { reduceRun } from "./reduce.ts";
export {
  activationId,
  callActivation,
  callersOf,
  enclosing,
  isClosing,
  laneScope,
  namedValue,
  outputIn,
  scopeOfActivation,
  standsIn,
} from "./scope.ts";
export { openLanes } from "./settle.ts";
export type {
  Activation,
  ActivationStatus,
  ApprovalRun,
  ChildRun,
  EdgeRun,
  FrameRun,
  LaneOutcome,
  ModelCall,
  QuestionRun,
  Run,
  RunStatus,
  Scope,
  Timer,
  ToolRun,
  Usage,
} from "./state.ts";
