import type { Graph, GraphEdge, GraphNode } from "@signalbox/shared/graph";
import { edgeIds, newEdge, withHeld } from "../document/commands.ts";
import { freeNodeId, nodeIds } from "../document/ids.ts";
import { useDocument } from "../document/store.ts";

const offset = 32;

/** Copies nodes with what they hold and the edges between them, and selects the copies. */
export function duplicate(ids: readonly string[]): void {
  const { graph, change, select } = useDocument.getState();
  const copies = copiesOf(graph, ids);
  change(ids.length === 1 ? "Duplicate" : `Duplicate ${ids.length} nodes`, (now) => ({
    ...now,
    nodes: [...now.nodes, ...copies.nodes],
    edges: [...now.edges, ...copies.edges],
  }));
  select(copies.selected);
}

function copiesOf(graph: Graph, ids: readonly string[]) {
  const held = withHeld(graph, ids);
  const originals = graph.nodes.filter(({ id }) => held.has(id));
  const taken = nodeIds(graph);
  const names = new Map<string, string>();
  for (const { id } of originals) {
    const name = freeNodeId(id, taken);
    taken.add(name);
    names.set(id, name);
  }
  const nodes = originals.map((node) => {
    const isInside = node.parentId !== undefined && names.has(node.parentId);
    const { x, y } = node.position;
    return {
      ...structuredClone(node),
      id: names.get(node.id) ?? node.id,
      ...(node.parentId === undefined ? {} : { parentId: names.get(node.parentId) ?? node.parentId }),
      // what lies in a copied frame lies in the copy as it lay before
      position: isInside ? { x, y } : { x: x + offset, y: y + offset },
      // a copy is of the same type as its original
    } as GraphNode;
  });
  return { nodes, edges: innerEdges(graph, names), selected: ids.flatMap((id) => names.get(id) ?? []) };
}

function innerEdges(graph: Graph, names: ReadonlyMap<string, string>): GraphEdge[] {
  const taken = edgeIds(graph);
  return graph.edges.flatMap((edge) => {
    const source = names.get(edge.source);
    const target = names.get(edge.target);
    if (source === undefined || target === undefined) return [];
    const copy = newEdge({ source, sourceHandle: edge.sourceHandle, target }, taken);
    taken.add(copy.id);
    return [{ ...copy, ...(edge.data ? { data: edge.data } : {}) }];
  });
}
