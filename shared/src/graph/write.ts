import { nodeTypes } from "../nodes/index.ts";
import type { Graph, GraphEdge, GraphNode } from "./graph.ts";

/**
 * A graph as text, written in one way: fixed key order, a frame before what it holds, then by id. Saving without a
 * change is no diff. Free objects (schemas, arguments, values) keep the order in which people wrote them.
 */
export function writeGraph(graph: Graph): string {
  return `${JSON.stringify(canonicalGraph(graph), null, 2)}\n`;
}

/** The same graph with its keys, nodes and edges in the one order. */
export function canonicalGraph(graph: Graph): Graph {
  const depth = depths(graph.nodes);
  const byDepthThenId = (a: GraphNode, b: GraphNode) =>
    (depth.get(a.id) ?? 0) - (depth.get(b.id) ?? 0) || compare(a.id, b.id);
  return {
    ...pick(graph, ["format", "name", "description", "input"]),
    nodes: graph.nodes.toSorted(byDepthThenId).map(writeNode),
    edges: graph.edges.toSorted((a, b) => compare(a.id, b.id)).map(writeEdge),
  };
}

function writeNode(node: GraphNode): GraphNode {
  const data = pickKnown(node.data, dataOrder(node.type));
  const { x, y } = node.position;
  const written = {
    ...pick(node, ["id", "type", "parentId"]),
    data,
    position: { x, y },
    ...pick(node, ["width", "height"]),
  };
  // the same fields of the same type, in another order: the union's member cannot change by it
  return written as GraphNode;
}

function writeEdge(edge: GraphEdge): GraphEdge {
  return pick(edge, ["id", "source", "sourceHandle", "target", "targetHandle", "data"]);
}

function pick<T extends object, K extends keyof T>(value: T, keys: readonly K[]): Pick<T, K> {
  const entries = keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]]]));
  return Object.fromEntries(entries) as Pick<T, K>;
}

function pickKnown(data: object, order: readonly string[]): object {
  const entries = order.flatMap((key) => (Reflect.get(data, key) === undefined ? [] : [[key, Reflect.get(data, key)]]));
  return Object.fromEntries(entries);
}

function dataOrder(type: GraphNode["type"]): readonly string[] {
  return Object.keys(nodeTypes[type].data.shape);
}

function depths(nodes: readonly GraphNode[]): Map<string, number> {
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
  const found = new Map<string, number>();
  for (const { id } of nodes) {
    let depth = 0;
    let parent = parents.get(id);
    // a ring of parents is a finding of the validator; here it must only not hang
    while (parent !== undefined && depth <= nodes.length) {
      depth += 1;
      parent = parents.get(parent);
    }
    found.set(id, depth);
  }
  return found;
}

/** By code unit, so that the order is the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
