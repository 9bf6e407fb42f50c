import type { Graph } from "@signalbox/shared/graph";
import { useDocument } from "./store.ts";

/** Gives a node another id: its edges and what it holds follow. What expressions say of it is theirs to say anew. */
export function renameNode(from: string, to: string): void {
  const { change, select } = useDocument.getState();
  change("Rename step", (graph) => renamed(graph, from, to));
  select([to]);
}

function renamed(graph: Graph, from: string, to: string): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      if (node.id === from) return { ...node, id: to };
      return node.parentId === from ? { ...node, parentId: to } : node;
    }),
    edges: graph.edges.map((edge) => {
      if (edge.source !== from && edge.target !== from) return edge;
      const source = edge.source === from ? to : edge.source;
      const target = edge.target === from ? to : edge.target;
      return { ...edge, source, target };
    }),
  };
}
