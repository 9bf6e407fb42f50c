import type { Graph, GraphNode } from "@signalbox/shared/graph";
import { useDocument } from "../../document/store.ts";

/** One way out that is taken under a condition. */
export interface Case {
  id: string;
  label?: string;
  when?: string;
  description?: string;
}

/** What became of one case's handle. */
export interface HandleChange {
  from: string;
  /** Undefined: it is gone, and its edges with it. */
  to: string | undefined;
}

/** Writes the cases of a node; the edges at a handle follow it. */
export function changeCases(nodeId: string, field: string, cases: readonly Case[], handle?: HandleChange): void {
  // taking a case away is a step of its own
  const isRemoval = handle !== undefined && handle.to === undefined;
  const group = isRemoval ? {} : { group: `field:${nodeId}:${field}` };
  useDocument.getState().change("Edit cases", (graph) => withCases(graph, nodeId, field, cases, handle), group);
}

/** A graph with other cases at a node. */
export function withCases(
  graph: Graph,
  nodeId: string,
  field: string,
  cases: readonly Case[],
  handle: HandleChange | undefined,
): Graph {
  const nodes = graph.nodes.map((node) =>
    // the form writes what the type's schema takes
    node.id === nodeId ? ({ ...node, data: { ...node.data, [field]: cases } } as GraphNode) : node,
  );
  const { from, to } = handle ?? {};
  if (from === undefined || from === to) return { ...graph, nodes };
  const edges = graph.edges.flatMap((edge) => {
    if (edge.source !== nodeId || edge.sourceHandle !== from) return [edge];
    return to === undefined ? [] : [{ ...edge, sourceHandle: to }];
  });
  return { ...graph, nodes, edges };
}

/** An id made of a label that no other case has: "Very high" → `very_high`. */
export function caseIdOf(label: string, taken: ReadonlySet<string>): string {
  const word = label
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^[_0-9]+|_+$/g, "")
    .slice(0, 50);
  const base = word === "" || word === "else" ? "case" : word;
  if (!taken.has(base)) return base;
  for (let count = 2; ; count += 1) if (!taken.has(`${base}_${count}`)) return `${base}_${count}`;
}

/** A case with another label; its id follows as long as it was made of the label before. */
export function relabelled({ label: before, ...rest }: Case, label: string, others: ReadonlySet<string>): Case {
  const follows = before !== undefined && label !== "" && rest.id === caseIdOf(before, others);
  const id = follows ? caseIdOf(label, others) : rest.id;
  return label === "" ? rest : { ...rest, id, label };
}

/** Why a case cannot have this id. */
export function caseIdProblem(id: string, others: ReadonlySet<string>): string | undefined {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(id)) return "Small letters, digits and underscores, a letter first.";
  if (id === "else") return '"else" is the way out when no case is true.';
  return others.has(id) ? `Another case has the id "${id}".` : undefined;
}
