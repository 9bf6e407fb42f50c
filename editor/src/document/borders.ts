import { type Graph, type GraphEdge, isControlEdge } from "@signalbox/shared/graph";
import { toast } from "../ui/toast.tsx";
import { edgeIds, newEdge, type Wire } from "./commands.ts";
import { framesAround, type Places, placesOf } from "./geometry.ts";
import { useDocument } from "./store.ts";
import { mainHandle } from "./wires.ts";

/** Edges that cross a frame's border and may not: no run goes along them. */
export function crossingEdges(graph: Graph): GraphEdge[] {
  const places = placesOf(graph);
  return graph.edges.filter((edge) => crosses(places, edge));
}

/** Whether an edge crosses a frame's border and may not. What an agent calls may lie further out than the agent. */
export function crosses(places: Places, edge: GraphEdge): boolean {
  const source = places.get(edge.source);
  const target = places.get(edge.target);
  if (!source || !target || source.frame === target.frame) return false;
  if (isControlEdge(edge)) return true;
  return target.frame !== undefined && !framesAround(places, edge.source).includes(target.frame);
}

/** A graph in which such edges lead to or from the frame itself; where that says nothing, they are gone. */
export function withBordersKept(graph: Graph, ids: readonly string[]): Graph {
  const wanted = new Set(ids);
  let edges = graph.edges;
  for (const edge of graph.edges) {
    if (!wanted.has(edge.id)) continue;
    const wire = outsideWire(graph, edge);
    edges = edges.filter(({ id }) => id !== edge.id);
    const taken = edgeIds({ ...graph, edges });
    const isThere = edges.some(
      (one) => one.source === wire?.source && one.sourceHandle === wire.sourceHandle && one.target === wire.target,
    );
    if (wire && !isThere) edges = [...edges, newEdge(wire, taken)];
  }
  return { ...graph, edges };
}

/** From and to what lies side by side: the frames around the ends, as far as the other end is not in them. */
function outsideWire(graph: Graph, edge: GraphEdge): Wire | undefined {
  const places = placesOf(graph);
  const around = (id: string) => [id, ...framesAround(places, id)];
  const [from, to] = [around(edge.source), around(edge.target)];
  const source = from.find((id) => to.includes(places.get(id)?.frame ?? "") || places.get(id)?.frame === undefined);
  const frame = source === undefined ? undefined : places.get(source)?.frame;
  const target = to.find((id) => places.get(id)?.frame === frame);
  if (source === undefined || target === undefined || source === target || !isControlEdge(edge)) return undefined;
  const node = places.get(source)?.node;
  const sourceHandle = source === edge.source ? edge.sourceHandle : node && mainHandle(node);
  return sourceHandle === undefined ? undefined : { source, sourceHandle, target };
}

/** Leads edges that cross a border to the frame itself. */
function keepBorders(ids: readonly string[], label = "Connect to the frame"): void {
  useDocument.getState().change(label, (graph) => withBordersKept(graph, ids));
}

/** After nodes have come into other frames: says which edges have become wrong by it, and what can be done. */
export function sayWhatCrosses(before: Graph): void {
  const { graph, undo } = useDocument.getState();
  const known = new Set(crossingEdges(before).map(({ id }) => id));
  const fresh = crossingEdges(graph).filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return;
  const what = fresh.length === 1 ? "1 edge crosses" : `${fresh.length} edges cross`;
  toast(`${what} a frame's border now, and no run goes along it.`, {
    actions: [
      { label: "Connect to the frame", onSelect: () => keepBorders(fresh.map(({ id }) => id)) },
      { label: "Undo", onSelect: undo },
    ],
  });
}
