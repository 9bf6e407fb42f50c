import { type Graph, type GraphNode, type PlanBody, type PlanLoop, planGraph } from "@signalbox/shared/graph";

/** What the drawing means for a run, beyond nodes and edges. */
export interface Structure {
  /** By header. */
  loops: ReadonlyMap<string, PlanLoop>;
  /** Edges that lead back, with the header they lead to. */
  back: ReadonlyMap<string, string>;
  /** The lanes of each frame, by the name of its entry. */
  lanes: ReadonlyMap<string, ReadonlyMap<string, PlanBody>>;
}

/** Of the drawing itself, and of what is seen of it. */
let kept: readonly { graph: Graph; structure: Structure }[] = [];

/** The loops and lanes of the drawing. Kept while nodes only move or are set up: that changes none of it. */
export function structureOf(graph: Graph): Structure {
  const known = kept.find((one) => one.graph === graph || isSame(one.graph, graph));
  if (known) return known.structure;
  const { loops, lanes } = planGraph(graph);
  const back = new Map([...loops.values()].flatMap((loop) => loop.back.map(({ id }) => [id, loop.header] as const)));
  const structure = { loops, back, lanes };
  kept = [{ graph, structure }, ...kept.slice(0, 1)];
  return structure;
}

function isSame(a: Graph, b: Graph): boolean {
  if (a.edges !== b.edges || a.nodes.length !== b.nodes.length) return false;
  return a.nodes === b.nodes || a.nodes.every((node, index) => isSameStep(node, b.nodes[index]));
}

function isSameStep(a: GraphNode, b: GraphNode | undefined): boolean {
  return a === b || (a.id === b?.id && a.type === b.type && a.parentId === b.parentId);
}
