import { type Graph, type GraphEdge, type GraphNode, inHandle } from "@signalbox/shared/graph";
import { factsOf, type NodeTypeName } from "@signalbox/shared/nodes";
import { edgeId, freeNodeId, nodeIds } from "./ids.ts";
import { useDocument } from "./store.ts";

interface Point {
  x: number;
  y: number;
}

/** A new node of a type; its data are what the type starts with. */
export function newNode(type: NodeTypeName, id: string, position: Point, parentId: string | undefined): GraphNode {
  const node = {
    id,
    type,
    data: structuredClone(factsOf(type).initial),
    position: { x: Math.round(position.x), y: Math.round(position.y) },
    ...(parentId === undefined ? {} : { parentId }),
  };
  // a type's initial data are its own data
  return node as GraphNode;
}

/** From where to where an edge is to go. */
export interface Wire {
  source: string;
  sourceHandle: string;
  target: string;
}

/** An edge along a wire, with an id that no other has. */
export function newEdge(wire: Wire, taken: ReadonlySet<string>): GraphEdge {
  return { id: edgeId(wire, taken), ...wire, targetHandle: inHandle };
}

/** Puts a new node on the canvas and selects it; gives back its id. */
export function addNode(
  type: NodeTypeName,
  position: Point,
  { parentId, wire }: { parentId?: string | undefined; wire?: (id: string) => Wire } = {},
): string {
  const { graph, change, select } = useDocument.getState();
  const id = freeNodeId(type, nodeIds(graph));
  change(`Add ${factsOf(type).title}`, (now) => ({
    ...now,
    nodes: [...now.nodes, newNode(type, id, position, parentId)],
    edges: wire ? [...now.edges, newEdge(wire(id), edgeIds(now))] : now.edges,
  }));
  select([id]);
  return id;
}

/** Takes away nodes, what frames among them hold, the edges at them, and other edges. */
export function remove(nodes: readonly string[], edges: readonly string[], label = "Delete"): void {
  const { change } = useDocument.getState();
  change(label, (graph) => {
    const gone = withHeld(graph, nodes);
    const cut = new Set(edges);
    const keptNodes = graph.nodes.filter(({ id }) => !gone.has(id));
    const keptEdges = graph.edges.filter(
      ({ id, source, target }) => !cut.has(id) && !gone.has(source) && !gone.has(target),
    );
    return { ...graph, nodes: keptNodes, edges: keptEdges };
  });
}

/** Nodes with everything that is inside them. */
export function withHeld(graph: Graph, ids: readonly string[]): Set<string> {
  const held = new Set(ids);
  // frames can hold frames: go on until nothing is added
  for (let size = -1; size !== held.size; ) {
    size = held.size;
    for (const { id, parentId } of graph.nodes) if (parentId !== undefined && held.has(parentId)) held.add(id);
  }
  return held;
}

/** Where a node is to be, and in which frame; `null` is outside of all. */
export interface Move {
  id: string;
  position: Point;
  parentId?: string | null;
  width?: number;
  height?: number;
}

/** Moves nodes, perhaps into or out of frames. Edges stay: one that then crosses a border is found to be wrong. */
export function move(moves: readonly Move[], label = "Move", group?: string): void {
  const { change } = useDocument.getState();
  const to = new Map(moves.map((one) => [one.id, one]));
  change(
    label,
    (graph) => {
      const nodes = graph.nodes.map((node) => {
        const moved = to.get(node.id);
        return moved ? movedNode(node, moved) : node;
      });
      return { ...graph, nodes };
    },
    group === undefined ? {} : { group },
  );
}

function movedNode(node: GraphNode, { position, parentId, width, height }: Move): GraphNode {
  const { x, y } = { x: Math.round(position.x), y: Math.round(position.y) };
  const sized = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
  if (parentId === undefined) {
    const same = node.position.x === x && node.position.y === y && width === undefined && height === undefined;
    return same ? node : { ...node, position: { x, y }, ...sized };
  }
  const { parentId: _was, ...rest } = node;
  return { ...rest, position: { x, y }, ...sized, ...(parentId === null ? {} : { parentId }) } as GraphNode;
}

/** Draws an edge. */
export function connect(wire: Wire): void {
  useDocument.getState().change("Connect", (graph) => ({
    ...graph,
    edges: [...graph.edges, newEdge(wire, edgeIds(graph))],
  }));
}

/** Takes one end of an edge elsewhere. */
export function reconnect(id: string, wire: Wire): void {
  useDocument.getState().change("Reconnect", (graph) => {
    const edge = graph.edges.find((one) => one.id === id);
    if (!edge) return graph;
    const others = graph.edges.filter((one) => one !== edge);
    const taken = new Set(others.map((other) => other.id));
    return { ...graph, edges: [...others, { ...newEdge(wire, taken), ...(edge.data ? { data: edge.data } : {}) }] };
  });
}

/** Writes one field of a node's data; `undefined` takes it away. */
export function setField(nodeId: string, field: string, value: unknown): void {
  useDocument.getState().change(
    "Edit",
    (graph) => ({
      ...graph,
      nodes: graph.nodes.map((node) => {
        if (node.id !== nodeId) return node;
        const { [field]: _was, ...rest } = node.data as Record<string, unknown>;
        const data = value === undefined ? rest : { ...node.data, [field]: value };
        // the field's form writes what the type's schema takes; the validator says what is missing
        return { ...node, data } as GraphNode;
      }),
    }),
    { group: `field:${nodeId}:${field}` },
  );
}

/** Names the workflow. */
export function renameWorkflow(name: string): void {
  useDocument.getState().change("Rename", (graph) => (name ? { ...graph, name } : graph), { group: "name" });
}

/** Says what the workflow is for. */
export function setDescription(description: string): void {
  useDocument
    .getState()
    .change("Describe", ({ description: _was, ...graph }) => (description === "" ? graph : { ...graph, description }), {
      group: "description",
    });
}

/** Says what the workflow takes in. */
export function setInput(input: Graph["input"]): void {
  useDocument
    .getState()
    .change("Edit input", ({ input: _was, ...graph }) => (input === undefined ? graph : { ...graph, input }), {
      group: "input",
    });
}

/** Another graph in place of this one: an import. Undo brings the old one back. */
export function replaceGraph(graph: Graph, label: string): void {
  useDocument.getState().change(label, () => graph);
}

/** Ids of all edges. */
export function edgeIds(graph: Graph): Set<string> {
  return new Set(graph.edges.map(({ id }) => id));
}

/** Says how often a loop may go around by this edge; `undefined`: as often as is usual. */
export function setMaxIterations(edgeId: string, maxIterations: number | undefined): void {
  useDocument.getState().change(
    "Edit edge",
    (graph) => ({
      ...graph,
      edges: graph.edges.map((edge) => {
        if (edge.id !== edgeId) return edge;
        const { data: _was, ...rest } = edge;
        return maxIterations === undefined ? rest : { ...rest, data: { maxIterations } };
      }),
    }),
    { group: `edge:${edgeId}` },
  );
}
