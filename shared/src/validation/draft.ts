import { type Graph, type GraphEdge, type GraphNode, type Plan, planGraph } from "../graph/index.ts";
import type { Catalog, Finding, FindingCode } from "./finding.ts";

/** A graph under examination: lookups made once, and where findings are gathered. */
export interface Draft {
  graph: Graph;
  plan: Plan;
  catalog: Catalog;
  nodes: ReadonlyMap<string, GraphNode>;
  edges: ReadonlyMap<string, GraphEdge>;
  aboutNode: (node: GraphNode, code: FindingCode, detail: string, more?: Aside) => void;
  aboutEdge: (edge: GraphEdge, code: FindingCode, detail: string, more?: Aside) => void;
  aboutGraph: (code: FindingCode, detail: string, path?: string) => void;
  findings: Finding[];
}

interface Aside {
  severity?: "error" | "warning";
  /** Within the node or edge: `data.prompt`. */
  field?: string;
  range?: { start: number; end: number };
}

export function openDraft(graph: Graph, catalog: Catalog): Draft {
  const findings: Finding[] = [];
  const nodeIndex = new Map(graph.nodes.map((node, index) => [node, index]));
  const edgeIndex = new Map(graph.edges.map((edge, index) => [edge, index]));
  const finding = (
    code: FindingCode,
    path: string,
    detail: string,
    { severity = "error", field, range }: Aside = {},
  ) => ({
    severity,
    code,
    path: field === undefined ? path : `${path}.${field}`,
    detail,
    ...(range ? { range } : {}),
  });
  return {
    graph,
    catalog,
    plan: planGraph(graph),
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    edges: new Map(graph.edges.map((edge) => [edge.id, edge])),
    findings,
    aboutNode: (node, code, detail, more) => {
      findings.push({ ...finding(code, `nodes.${nodeIndex.get(node) ?? 0}`, detail, more), node: node.id });
    },
    aboutEdge: (edge, code, detail, more) => {
      const path = `edges.${edgeIndex.get(edge) ?? 0}`;
      findings.push({ ...finding(code, path, detail, more), node: edge.source, edge: edge.id });
    },
    aboutGraph: (code, detail, path = "nodes") => {
      findings.push(finding(code, path, detail));
    },
  };
}

/** How a person knows the node: its label, and its id where they differ. */
export function nameOf({ id, data }: { id: string; data: object }): string {
  return "label" in data && data.label ? `${data.label} (${id})` : id;
}
