import type { Graph, GraphNode } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import { type ExpressionSite, factsOf } from "@signalbox/shared/nodes";
import { useDocument } from "./store.ts";

/** A name in a text, with its place. */
interface Named {
  name: string;
  start: number;
}

type ReferencesOf = (source: string, kind: ExpressionSite["kind"]) => readonly Named[];

/** Gives a node another id: its edges, what it holds, and what expressions say of it follow. */
export async function renameNode(from: string, to: string): Promise<void> {
  // only the language knows a name from a word in quotes; it is heavy and loaded when it is needed
  const { referencesOf } = await import("@signalbox/shared/expressions");
  const { selection, selectedEdges, change, select } = useDocument.getState();
  change("Rename node", (graph) => renamed(graph, from, to, referencesOf));
  // whoever has gone on to another node meanwhile stays there
  if (selection.includes(from)) {
    select(
      selection.map((id) => (id === from ? to : id)),
      selectedEdges,
    );
  }
}

/** A graph in which one node has another id. */
export function renamed(graph: Graph, from: string, to: string, referencesOf: ReferencesOf): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const told = retold(node, from, to, referencesOf);
      if (node.id === from) return { ...told, id: to };
      return node.parentId === from ? { ...told, parentId: to } : told;
    }),
    edges: graph.edges.map((edge) => {
      if (edge.source !== from && edge.target !== from) return edge;
      const source = edge.source === from ? to : edge.source;
      const target = edge.target === from ? to : edge.target;
      return { ...edge, source, target };
    }),
  };
}

/** A node whose expressions name another by its new id. */
function retold(node: GraphNode, from: string, to: string, referencesOf: ReferencesOf): GraphNode {
  let data: Json | undefined;
  for (const { path, source, kind, locals = [] } of factsOf(node.type).expressions(node.data)) {
    if (!source.includes(from) || locals.some(({ name }) => name === from)) continue;
    const starts = new Set(referencesOf(source, kind).flatMap(({ name, start }) => (name === from ? [start] : [])));
    if (starts.size === 0) continue;
    let text = source;
    // from the end, so that earlier places stay where they are
    for (const start of [...starts].sort((a, b) => b - a)) {
      text = text.slice(0, start) + to + text.slice(start + from.length);
    }
    data = withText(data ?? (node.data as Json), path, text);
  }
  // the same data with other words in some texts
  return data === undefined ? node : ({ ...node, data } as GraphNode);
}

function withText(value: Json | undefined, path: ExpressionSite["path"], text: string): Json {
  const [key, ...rest] = path;
  if (key === undefined) return text;
  if (Array.isArray(value)) return value.with(Number(key), withText(value[Number(key)], rest, text));
  const held = value !== null && typeof value === "object" ? value : {};
  return { ...held, [key]: withText(held[key], rest, text) };
}
