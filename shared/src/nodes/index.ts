export { Assignee } from "./approval/assignee.ts";
export {
  type ExpressionSite,
  type FieldEditor,
  type Handle,
  isNodeId,
  NodeId,
  type OutputContext,
  type Role,
} from "./define.ts";
export { durationMs, durationPattern, failureSchema, Join, LaneJoin, Retry } from "./fields.ts";
export {
  type DataOf,
  factsOf,
  type NodeFacts,
  type NodeOf,
  type NodeTypeName,
  type NodeTypes,
  nodeTypes,
} from "./types.ts";
