import { freeName } from "../fixes/index.ts";
import type { GraphNode } from "../graph/index.ts";
import { factsOf, type NodeFacts } from "../nodes/index.ts";
import { type Draft, fixOf, nameOf } from "./draft.ts";

/** Ids, required fields, fields that exclude each other, what this version does not run. */
export function checkNodes(draft: Draft): void {
  const { graph, nodes, plan, aboutNode } = draft;
  const met = new Map<string, number>();
  for (const node of graph.nodes) {
    const nth = met.get(node.id) ?? 0;
    met.set(node.id, nth + 1);
    if (nth > 0) {
      const to = freeName(node.id.slice(0, 56), nodes, "_");
      const fix = fixOf(`Rename it to "${to}"`, { do: "rename", list: "nodes", id: node.id, nth, to });
      aboutNode(node, "id_duplicate", `Two nodes have the id "${node.id}". Rename one.`, { field: "id", fix });
    }
    const facts = factsOf(node.type);
    const used = plan.nodes.get(node.id)?.used ?? false;
    for (const field of facts.required(node.data)) {
      if (used && facts.requiredInFlow.includes(field)) continue;
      if (isEmpty(valueAt(node.data, field))) {
        const what = `${nameOf(node)} needs ${titleOf(field)}. Fill it in.`;
        aboutNode(node, "required_missing", what, { field: `data.${field}` });
      }
    }
    checkRunnable(draft, node, facts);
    checkTogether(draft, node, facts);
  }
}

function checkRunnable({ aboutNode }: Draft, node: GraphNode, facts: NodeFacts): void {
  if (!facts.runnable) {
    const what = `${facts.title} nodes are not run by this version yet. Remove ${node.id}.`;
    const fix = fixOf("Remove the node", { do: "remove_node", node: node.id });
    aboutNode(node, "not_runnable", what, { field: "type", fix });
  }
  for (const field of facts.unsupported(node.data)) {
    const what = `${nameOf(node)}: ${titleOf(field)} is not carried out by this version yet. Remove it.`;
    const fix = fixOf(`Remove ${titleOf(field)}`, { do: "set_field", node: node.id, path: placeOf(field) });
    aboutNode(node, "not_runnable", what, { field: `data.${field}`, fix });
  }
}

/** Fields that exclude each other, and fields that do nothing without another. */
function checkTogether({ aboutNode }: Draft, node: GraphNode, { exclusive, onlyWith }: NodeFacts): void {
  const isSet = (field: string) => valueAt(node.data, field) !== undefined;
  const [kept, ...others] = exclusive.filter(isSet);
  const [first] = others;
  if (kept !== undefined && first !== undefined) {
    const named = [kept, ...others].map(titleOf).join(" and ");
    const what = `${nameOf(node)} has ${named}, of which only one can hold. Keep one.`;
    const [step, ...more] = others.map((field) => ({ do: "set_field" as const, node: node.id, path: [field] }));
    const fix = step && fixOf(`Keep only ${titleOf(kept)}`, step, ...more);
    aboutNode(node, "wait_ambiguous", what, { field: `data.${first}`, fix });
  }
  for (const [field, other] of Object.entries(onlyWith)) {
    // what is false or empty asks for nothing
    if (other === undefined || !valueAt(node.data, field) || isSet(other)) continue;
    const what = `${nameOf(node)}: ${titleOf(field)} has no effect without ${titleOf(other)}. Remove it.`;
    const fix = fixOf(`Remove ${titleOf(field)}`, { do: "set_field", node: node.id, path: [field] });
    aboutNode(node, "setting_without_effect", what, { severity: "warning", field: `data.${field}`, fix });
  }
}

function valueAt(data: object, path: string): unknown {
  let value: unknown = data;
  for (const key of path.split(".")) {
    if (value === null || typeof value !== "object") return undefined;
    value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return value;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** A field's name; of something in a list, its number too. */
function titleOf(field: string): string {
  const [last = field, list] = field.split(".").toReversed();
  return /^\d+$/.test(last) && list !== undefined ? `"${list}" ${Number(last) + 1}` : `"${last}"`;
}

function placeOf(field: string): (string | number)[] {
  return field.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}
