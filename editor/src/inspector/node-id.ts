import type { Graph } from "@signalbox/shared/graph";
import { NodeId } from "@signalbox/shared/nodes";

/** Why a node cannot have this id, in a sentence. */
export function idProblem(graph: Graph, id: string, wanted: string): string | undefined {
  if (wanted === id) return undefined;
  if (graph.nodes.some((node) => node.id === wanted)) return `Another node has the id "${wanted}".`;
  return NodeId.safeParse(wanted).error?.issues[0]?.message;
}
