import { type Graph, type GraphEdge, type GraphNode, isControlEdge, usesHandle } from "@signalbox/shared/graph";
import { factsOf, type NodeTypeName } from "@signalbox/shared/nodes";
import { titleOf } from "../nodes/cards.ts";
import { handlesOf } from "../nodes/size.ts";
import type { Wire } from "./commands.ts";
import { framesAround, placesOf } from "./geometry.ts";

/** Why an edge cannot be drawn there, in a sentence; nothing when it can. `except` is an edge that is being moved. */
export function wireProblem(graph: Graph, wire: Wire, except?: string): string | undefined {
  const source = graph.nodes.find(({ id }) => id === wire.source);
  const target = graph.nodes.find(({ id }) => id === wire.target);
  if (!source || !target) return "Drop it on a step.";
  if (source === target) return "A step cannot lead into itself.";
  const edges = except === undefined ? graph.edges : graph.edges.filter(({ id }) => id !== except);
  const same = ({ source: from, sourceHandle, target: to }: GraphEdge) =>
    from === wire.source && sourceHandle === wire.sourceHandle && to === wire.target;
  if (edges.some(same)) return "These two are connected already.";
  return isControlEdge(wire) ? flowProblem(edges, source, target) : permissionProblem(graph, edges, source, target);
}

function flowProblem(edges: readonly GraphEdge[], source: GraphNode, target: GraphNode): string | undefined {
  const { role, title } = factsOf(target.type);
  if (role === "entry") return `Nothing leads into ${title}: a run begins there.`;
  if (role === "remark") return "A note is not part of the flow.";
  if (source.parentId !== target.parentId) {
    if (target.parentId !== undefined && target.parentId === source.id) return "Steps in a frame start by themselves.";
    return "An edge cannot cross a frame's border. Connect to the frame itself.";
  }
  if (isUsed(edges, target.id)) return `${titleOf(target)} is called by an agent, so it is not part of the flow.`;
  if (isUsed(edges, source.id)) return `${titleOf(source)} is called by an agent, so nothing can follow it.`;
  return undefined;
}

function permissionProblem(
  graph: Graph,
  edges: readonly GraphEdge[],
  source: GraphNode,
  target: GraphNode,
): string | undefined {
  if (!factsOf(source.type).uses) return `${titleOf(source)} cannot call anything; agents can.`;
  if (!factsOf(target.type).usable) return `An agent cannot call ${titleOf(target)}; it can call tools and agents.`;
  if (target.parentId !== undefined && !framesAround(placesOf(graph), source.id).includes(target.parentId)) {
    return `${titleOf(target)} lies in a frame that ${titleOf(source)} is not in.`;
  }
  const flows = (edge: GraphEdge) => isControlEdge(edge) && (edge.source === target.id || edge.target === target.id);
  if (edges.some(flows)) return `${titleOf(target)} is part of the flow. Duplicate it to let an agent call it.`;
  if (callsInTheEnd(edges, target.id, source.id)) return "They would call each other without end.";
  return undefined;
}

/** Whether an agent may call this node; it is then no part of the flow. */
export function isUsed(edges: readonly GraphEdge[], id: string): boolean {
  return edges.some((edge) => edge.target === id && !isControlEdge(edge));
}

function callsInTheEnd(edges: readonly GraphEdge[], from: string, to: string): boolean {
  const seen = new Set<string>();
  const queue = [from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const edge of edges) if (edge.source === id && !isControlEdge(edge)) queue.push(edge.target);
  }
  return false;
}

/** Whether a new node of a type can be at the other end of a wire that was pulled from here. */
export function fitsWire(type: NodeTypeName, from: { handle: string; side: "source" | "target" }): boolean {
  const { role, usable, handles, initial } = factsOf(type);
  if (from.side === "target") return role !== "remark" && handles(initial).length > 0;
  if (from.handle === usesHandle) return usable;
  return role !== "entry" && role !== "remark";
}

/** The way out that a person means who says no more than "from here". */
export function mainHandle(node: GraphNode): string | undefined {
  const handles = handlesOf(node);
  return (handles.find(({ tone }) => tone !== "bad") ?? handles[0])?.id;
}

/** The same, only where nothing is connected to it yet. */
export function freeMainHandle(edges: readonly GraphEdge[], node: GraphNode): string | undefined {
  const open = openHandles(edges, node);
  return handlesOf(node).find(({ id, tone }) => tone !== "bad" && open.includes(id))?.id;
}

/** Ways out that nothing is connected to. */
export function openHandles(edges: readonly GraphEdge[], node: GraphNode): string[] {
  const wired = new Set(edges.flatMap(({ source, sourceHandle }) => (source === node.id ? [sourceHandle] : [])));
  return handlesOf(node).flatMap(({ id }) => (wired.has(id) ? [] : [id]));
}
