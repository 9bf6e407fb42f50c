import type { Json } from "@signalbox/shared/json";
import { factsOf, type NodeTypeName, nodeTypes } from "@signalbox/shared/nodes";
import type { Finding, FindingCode } from "@signalbox/shared/validation";
import { keepBorders } from "../document/borders.ts";
import { addNode, remove, setField } from "../document/commands.ts";
import { useDocument } from "../document/store.ts";
import { withGuard } from "./guard.ts";
import { placeOf } from "./place.ts";

/** Something that ends a finding, and what its button says. */
export interface Fix {
  label: string;
  apply: () => void;
}

const wrongEdges: ReadonlySet<FindingCode> = new Set([
  "edge_dangling",
  "edge_duplicate",
  "handle_unknown",
  "target_takes_nothing",
]);

/** The obvious way out of a finding, where there is one. */
export function fixFor(finding: Finding): Fix | undefined {
  const { code, node, edge } = finding;
  if (edge !== undefined && wrongEdges.has(code)) return { label: "Remove edge", apply: () => remove([], [edge]) };
  if (edge !== undefined && code === "edge_crosses_frame") {
    return { label: "Connect to the frame", apply: () => keepBorders([edge]) };
  }
  if (code === "start_missing") return addEntry();
  if (node === undefined) return undefined;
  if (code === "start_duplicate") return { label: "Remove node", apply: () => remove([node], []) };
  if (code === "end_in_frame") return { label: "End the whole run", apply: () => setField(node, "terminate", true) };
  if (code === "reference_may_be_null") return guard(node, finding);
  if (code === "not_runnable") return removeUnsupported(node, placeOf(finding));
  return undefined;
}

/** Asks whether there is something before it is taken. */
function guard(node: string, { path, range }: Finding): Fix | undefined {
  const [, , data, field, ...place] = path.split(".");
  if (data !== "data" || field === undefined || !range) return undefined;
  const apply = () => {
    const held = useDocument.getState().graph.nodes.find(({ id }) => id === node)?.data;
    // every field of a node's data is JSON
    const value = (held as { [field: string]: Json | undefined } | undefined)?.[field];
    const next = withGuard(value, place, range);
    if (next !== undefined) setField(node, field, next);
  };
  return { label: "Guard it", apply };
}

function addEntry(): Fix | undefined {
  const names = Object.keys(nodeTypes) as NodeTypeName[];
  const type = names.find((name) => factsOf(name).role === "entry");
  if (!type) return undefined;
  return { label: `Add ${factsOf(type).title.toLowerCase()}`, apply: () => void addNode(type, placeAtLeft()) };
}

/** Left of everything that is drawn. */
function placeAtLeft(): { x: number; y: number } {
  const roots = useDocument.getState().graph.nodes.filter(({ parentId }) => parentId === undefined);
  const first = roots.toSorted((a, b) => a.position.x - b.position.x)[0];
  return first ? { x: first.position.x - 320, y: first.position.y } : { x: 0, y: 0 };
}

function removeUnsupported(node: string, place: string): Fix {
  const [data, field] = place.split(".");
  if (data !== "data" || field === undefined) return { label: "Remove node", apply: () => remove([node], []) };
  return { label: "Remove setting", apply: () => setField(node, field, undefined) };
}
