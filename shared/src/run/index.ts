export { frameVerdict, mayStartLane } from "./frames.ts";
export { joinVerdict } from "./join.ts";
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
export {
  type Activation,
  type ActivationStatus,
  type ApprovalRun,
  type ChildRun,
  type EdgeRun,
  type FrameRun,
  type LaneOutcome,
  type ModelCall,
  newRun,
  type Run,
  type RunStatus,
  type Scope,
  snapshotRun,
  type Timer,
  type ToolRun,
  type Usage,
} from "./state.ts";
