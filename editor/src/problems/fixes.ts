import type { Graph } from "@signalbox/shared/graph";
import { factsOf, type NodeTypeName, nodeTypes } from "@signalbox/shared/nodes";
import type { Finding, FindingCode } from "@signalbox/shared/validation";
import { addNode, remove, setField } from "../document/commands.ts";
import { placeOf } from "./place.ts";

/** Something that ends a finding, and what its button says. */
export interface Fix {
  label: string;
  apply: () => void;
}

const wrongEdges: ReadonlySet<FindingCode> = new Set([
  "edge_dangling",
  "edge_duplicate",
  "edge_crosses_frame",
  "handle_unknown",
  "target_takes_nothing",
]);

/** The obvious way out of a finding, where there is one. */
export function fixFor(finding: Finding, graph: Graph): Fix | undefined {
  const { code, node, edge } = finding;
  if (edge !== undefined && wrongEdges.has(code)) return { label: "Remove edge", apply: () => remove([], [edge]) };
  if (code === "start_missing") return addEntry(graph);
  if (node === undefined) return undefined;
  if (code === "start_duplicate") return { label: "Remove node", apply: () => remove([node], []) };
  if (code === "end_in_frame") return { label: "End the whole run", apply: () => setField(node, "terminate", true) };
  if (code === "not_runnable") return removeUnsupported(node, placeOf(finding));
  return undefined;
}

function addEntry(graph: Graph): Fix | undefined {
  const names = Object.keys(nodeTypes) as NodeTypeName[];
  const type = names.find((name) => factsOf(name).role === "entry");
  if (!type) return undefined;
  const roots = graph.nodes.filter(({ parentId }) => parentId === undefined);
  const left = Math.min(...roots.map(({ position }) => position.x), 320);
  const y = roots[0]?.position.y ?? 0;
  return { label: `Add ${factsOf(type).title.toLowerCase()}`, apply: () => void addNode(type, { x: left - 320, y }) };
}

function removeUnsupported(node: string, place: string): Fix {
  const [data, field] = place.split(".");
  if (data !== "data" || field === undefined) return { label: "Remove node", apply: () => remove([node], []) };
  return { label: "Remove setting", apply: () => setField(node, field, undefined) };
}
