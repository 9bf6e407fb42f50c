import { factsOf } from "../nodes/index.ts";
import { type Draft, nameOf } from "./draft.ts";

const deepestFrame = 16;

/** Ids, the one start, required fields, what this version does not run. */
export function checkNodes(draft: Draft): void {
  const { graph, plan, aboutNode, aboutGraph } = draft;
  const seen = new Set<string>();
  for (const node of graph.nodes) {
    if (seen.has(node.id))
      aboutNode(node, "id_duplicate", `Two nodes have the id "${node.id}". Rename one.`, { field: "id" });
    seen.add(node.id);
    const facts = factsOf(node.type);
    if (!facts.runnable) {
      aboutNode(node, "not_runnable", `${facts.title} nodes are not run by this version yet. Remove ${node.id}.`, {
        field: "type",
      });
    }
    const used = plan.nodes.get(node.id)?.used ?? false;
    for (const field of facts.required(node.data)) {
      if (used && facts.requiredInFlow.includes(field)) continue;
      if (isEmpty(valueAt(node.data, field))) {
        const what = `${nameOf(node)} needs ${titleOf(field)}. Fill it in.`;
        aboutNode(node, "required_missing", what, { field: `data.${field}` });
      }
    }
    for (const field of facts.unsupported(node.data)) {
      const what = `${nameOf(node)}: ${titleOf(field)} is not carried out by this version yet. Remove it.`;
      aboutNode(node, "not_runnable", what, { field: `data.${field}` });
    }
  }
  const starts = graph.nodes.filter(({ type }) => factsOf(type).role === "entry");
  if (starts.length === 0) aboutGraph("start_missing", "There is no start node. Add one from the palette.");
  for (const extra of starts.slice(1)) {
    aboutNode(extra, "start_duplicate", `A workflow has one start; ${extra.id} is one more. Remove it.`);
  }
  for (const start of starts) {
    if (start.parentId !== undefined)
      aboutNode(start, "start_in_frame", "The start cannot lie inside a frame. Move it out.");
  }
}

/** Frames: real ones, not in rings, not too deep, not empty; ends inside them must end the run. */
export function checkFrames(draft: Draft): void {
  const { graph, plan, nodes, aboutNode } = draft;
  for (const node of graph.nodes) {
    const facts = factsOf(node.type);
    checkParents(draft, node.id);
    const { parentId } = node;
    if (parentId !== undefined) {
      const parent = nodes.get(parentId);
      if (!parent || factsOf(parent.type).role !== "frame") {
        aboutNode(node, "parent_missing", `${nameOf(node)} lies in "${parentId}", which is no frame.`, {
          field: "parentId",
        });
      }
      if (facts.role === "exit" && !("terminate" in node.data && node.data.terminate)) {
        const what = `${nameOf(node)} lies inside a frame, where an end must end the whole run. Remove it, or set "Ends the whole run".`;
        aboutNode(node, "end_in_frame", what, { field: "data.terminate" });
      }
    }
    if (facts.role === "frame" && facts.runnable && (plan.bodies.get(node.id)?.nodes.length ?? 0) === 0) {
      aboutNode(node, "frame_empty", `${nameOf(node)} holds nothing that runs. Drag nodes into it.`);
    }
  }
}

function checkParents({ nodes, aboutNode }: Draft, id: string): void {
  const seen = new Set([id]);
  let parent = nodes.get(id)?.parentId;
  while (parent !== undefined) {
    const node = nodes.get(id);
    if (node && seen.has(parent)) {
      aboutNode(node, "parent_cycle", `${nameOf(node)} lies inside itself.`, { field: "parentId" });
      return;
    }
    if (node && seen.size > deepestFrame) {
      const what = `${nameOf(node)} lies more than ${deepestFrame} frames deep.`;
      aboutNode(node, "frame_too_deep", what, { field: "parentId" });
      return;
    }
    seen.add(parent);
    parent = nodes.get(parent)?.parentId;
  }
}

/** From the root's or a frame's entries some node is never reached. */
export function checkReach({ graph, plan, aboutNode }: Draft): void {
  for (const node of graph.nodes) {
    const planned = plan.nodes.get(node.id);
    if (!planned || planned.used || planned.facts.role === "remark" || planned.facts.role === "entry") continue;
    const body = plan.bodies.get(node.parentId ?? "");
    if (body?.nodes.includes(node.id)) continue;
    const what = `Nothing leads to ${nameOf(node)}, so it never runs. Connect it, or remove it.`;
    aboutNode(node, "node_unreachable", what, { severity: "warning" });
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

function titleOf(field: string): string {
  const [last = field] = field.split(".").slice(-1);
  return `"${last}"`;
}
