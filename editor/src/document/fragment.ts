import {
  type Graph,
  type GraphEdge,
  type GraphNode,
  graphFormat,
  parseGraph,
  type ShapeProblem,
} from "@signalbox/shared/graph";
import type { ExpressionSite } from "@signalbox/shared/nodes";
import { withHeld } from "./commands.ts";
import { boundsOf, type Point, placesOf } from "./geometry.ts";
import { doubledIds, edgeId, freeNodeId, nodeIds } from "./ids.ts";
import { renamed } from "./rename.ts";

/** What a copied piece of a graph calls itself, so that whoever finds the text knows what it is. */
const fragmentFormat = `${graphFormat}-fragment`;

/** A piece of a graph: some nodes, and the edges among them. */
export type Fragment = Pick<Graph, "nodes" | "edges">;

/** Names in a text, with their places: what `referencesOf` of the expressions gives. */
type ReferencesOf = (source: string, kind: ExpressionSite["kind"]) => readonly { name: string; start: number }[];

/** The nodes with all they hold, and the edges among them. What has lost its frame lies where it lay. */
export function fragmentOf(graph: Graph, ids: readonly string[]): Fragment {
  const taken = withHeld(graph, ids);
  const places = placesOf(graph);
  const nodes = graph.nodes
    .filter(({ id }) => taken.has(id))
    .map((node) => {
      if (node.parentId === undefined || taken.has(node.parentId)) return node;
      const { parentId: _left, ...rest } = node;
      const { x, y } = places.get(node.id)?.rect ?? node.position;
      // the same node of the same type, on the open canvas
      return { ...rest, position: { x, y } } as GraphNode;
    });
  const edges = graph.edges.filter(({ source, target }) => taken.has(source) && taken.has(target));
  return { nodes, edges };
}

/** A piece of a graph as text that people can read, send and paste. */
export function writeFragment({ nodes, edges }: Fragment): string {
  return `${JSON.stringify({ format: fragmentFormat, nodes, edges }, null, 2)}\n`;
}

/** A text as a piece of a graph, or every reason why it is none. A whole graph is a piece too. */
export function readFragment(text: string): Fragment | { problems: readonly Pick<ShapeProblem, "path" | "detail">[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [{ path: "", detail: error instanceof Error ? error.message : String(error) }] };
  }
  const whole = asGraph(value);
  if (!whole) return { problems: [{ path: "", detail: "It holds no nodes of a Signalbox graph." }] };
  const read = parseGraph(whole);
  if ("problems" in read) return read;
  const { nodes, edges } = read.graph;
  const doubled = doubledIds(read.graph);
  return doubled.length > 0 ? { problems: doubled } : { nodes, edges };
}

function asGraph(value: unknown): object | undefined {
  if (value === null || typeof value !== "object" || !("nodes" in value)) return undefined;
  if ("format" in value && value.format !== fragmentFormat) return value;
  const edges = "edges" in value ? value.edges : [];
  return { format: graphFormat, name: "Fragment", nodes: value.nodes, edges };
}

/** A graph with a fragment in it, its middle at a point. Ids that are taken change, and what names them changes along. */
export function withFragment(
  graph: Graph,
  fragment: Fragment,
  middle: Point,
  referencesOf: ReferencesOf,
): { graph: Graph; ids: string[] } {
  const taken = nodeIds(graph);
  let piece: Graph = { ...graph, nodes: fragment.nodes, edges: fragment.edges };
  for (const { id } of fragment.nodes) {
    if (!taken.has(id)) {
      taken.add(id);
      continue;
    }
    // the new id must be free on the canvas and in the piece itself
    const next = freeNodeId(id, new Set([...taken, ...nodeIds(piece)]));
    taken.add(next);
    piece = renamed(piece, id, next, referencesOf);
  }
  const tops = piece.nodes.filter(({ parentId }) => parentId === undefined || !nodeIds(piece).has(parentId));
  const places = placesOf(piece);
  const bounds = boundsOf(tops.flatMap(({ id }) => places.get(id)?.rect ?? []));
  const dx = Math.round((middle.x - bounds.x - bounds.width / 2) / 16) * 16;
  const dy = Math.round((middle.y - bounds.y - bounds.height / 2) / 16) * 16;
  const moved = new Set(tops.map(({ id }) => id));
  const nodes = piece.nodes.map((node) =>
    moved.has(node.id) ? { ...node, position: { x: node.position.x + dx, y: node.position.y + dy } } : node,
  );
  const edgesTaken = new Set(graph.edges.map(({ id }) => id));
  const edges = piece.edges.map((edge): GraphEdge => {
    const id = edgesTaken.has(edge.id) ? edgeId(edge, edgesTaken) : edge.id;
    edgesTaken.add(id);
    return { ...edge, id };
  });
  return {
    graph: { ...graph, nodes: [...graph.nodes, ...nodes], edges: [...graph.edges, ...edges] },
    ids: nodes.filter(({ id }) => moved.has(id)).map(({ id }) => id),
  };
}
