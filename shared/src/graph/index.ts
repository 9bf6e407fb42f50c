export { Graph, GraphEdge, GraphName, GraphNode, graphFormat, inHandle, isControlEdge, usesHandle } from "./graph.ts";
export { parseGraph, type ShapeProblem, shapeProblems } from "./parse.ts";
export { bodyOf, loopHolding, type Plan, type PlanBody, type PlanLoop, type PlanNode, planGraph } from "./plan.ts";
export { canonicalGraph, writeGraph } from "./write.ts";
