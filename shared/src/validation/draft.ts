import type { Fix, FixStep } from "../fixes/index.ts";
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
  aboutGraph: (code: FindingCode, detail: string, more?: { path?: string; fix?: Fix | undefined }) => void;
  findings: Finding[];
}

interface Aside {
  severity?: "error" | "warning";
  /** Within the node or edge: `data.prompt`. */
  field?: string;
  range?: { start: number; end: number } | undefined;
  fix?: Fix | undefined;
}

export function openDraft(graph: Graph, catalog: Catalog): Draft {
  const findings: Finding[] = [];
  const nodeIndex = new Map(graph.nodes.map((node, index) => [node, index]));
  const edgeIndex = new Map(graph.edges.map((edge, index) => [edge, index]));
  const doubled = { nodes: doubledIn(graph.nodes), edges: doubledIn(graph.edges) };
  const finding = (
    code: FindingCode,
    path: string,
    detail: string,
    { severity = "error", field, range, fix }: Aside = {},
    isDoubled = false,
  ) => ({
    severity,
    code,
    path: field === undefined ? path : `${path}.${field}`,
    detail,
    ...(range ? { range } : {}),
    // a fix speaks of things by id: before all else, each gets its own
    ...(fix && (!isDoubled || code === "id_duplicate") ? { fix } : {}),
  });
  return {
    graph,
    catalog,
    plan: planGraph(graph),
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    edges: new Map(graph.edges.map((edge) => [edge.id, edge])),
    findings,
    aboutNode: (node, code, detail, more) => {
      const path = `nodes.${nodeIndex.get(node) ?? 0}`;
      findings.push({ ...finding(code, path, detail, more, doubled.nodes.has(node.id)), node: node.id });
    },
    aboutEdge: (edge, code, detail, more) => {
      const path = `edges.${edgeIndex.get(edge) ?? 0}`;
      const isDoubled = doubled.edges.has(edge.id);
      findings.push({ ...finding(code, path, detail, more, isDoubled), node: edge.source, edge: edge.id });
    },
    aboutGraph: (code, detail, { path = "nodes", fix } = {}) => {
      findings.push(finding(code, path, detail, { fix }));
    },
  };
}

function doubledIn(things: readonly { id: string }[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(things.flatMap(({ id }) => (seen.size === seen.add(id).size ? [id] : [])));
}

/** A fix of some steps. */
export function fixOf(title: string, ...steps: [FixStep, ...FixStep[]]): Fix {
  return { title, steps };
}

/** How a person knows the node: its label, and its id where they differ. */
export function nameOf({ id, data }: { id: string; data: object }): string {
  return "label" in data && typeof data.label === "string" && data.label !== "" ? `${data.label} (${id})` : id;
}
