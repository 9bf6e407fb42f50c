import { type Fix, freeName } from "../fixes/index.ts";
import type { GraphNode, PlanNode } from "../graph/index.ts";
import { factsOf, type NodeTypeName, nodeTypes } from "../nodes/index.ts";
import { type Draft, fixOf, nameOf } from "./draft.ts";

/** The one start, at the root. */
export function checkStart(draft: Draft): void {
  const { graph, aboutNode, aboutGraph } = draft;
  const starts = graph.nodes.filter(({ type }) => factsOf(type).role === "entry");
  if (starts.length === 0) {
    aboutGraph("start_missing", "There is no start node. Add one from the palette.", { fix: newStart(draft) });
  }
  for (const extra of starts.slice(1)) {
    const what = `A workflow has one start; ${extra.id} is one more. Remove it.`;
    aboutNode(extra, "start_duplicate", what, {
      fix: fixOf("Remove the node", { do: "remove_node", node: extra.id }),
    });
  }
  for (const start of starts) {
    if (start.parentId === undefined) continue;
    const fix = outOfFrames(draft, start);
    aboutNode(start, "start_in_frame", "The start cannot lie inside a frame. Move it out.", { fix });
  }
}

/** Room between a new start and what it is put before. */
const apart = 320;
const mostNodes = 20_000;

/** A start to the left of everything, which leads to the one node that nothing leads to. */
function newStart({ graph, nodes, plan }: Draft): Fix | undefined {
  const [type] = (Object.keys(nodeTypes) as NodeTypeName[]).filter((name) => factsOf(name).role === "entry");
  if (type === undefined || graph.nodes.length >= mostNodes) return undefined;
  const id = freeName(type, nodes, "_");
  const roots = graph.nodes.filter(({ parentId }) => parentId === undefined);
  const leftmost = roots.reduce((best, { position }) => (position.x < best.x ? position : best), {
    x: roots[0]?.position.x ?? apart,
    y: roots[0]?.position.y ?? 0,
  });
  const x = Math.max(-1e7, leftmost.x - apart);
  const firsts = roots.filter((node) => isFirst(plan.nodes.get(node.id)));
  const [first] = firsts;
  const step = { do: "add_node", id, type, x, y: leftmost.y } as const;
  const [handle] = factsOf(type).handles({});
  const title = `Add a ${factsOf(type).title.toLowerCase()}`;
  if (!first || firsts.length > 1 || !handle) return fixOf(title, step);
  return fixOf(title, step, { do: "connect", source: id, sourceHandle: handle.id, target: first.id });
}

/** Whether a node is of the flow, and nothing leads to it. */
function isFirst(planned: PlanNode | undefined): boolean {
  return planned !== undefined && !planned.used && planned.facts.role !== "remark" && planned.incoming.length === 0;
}

const deepestFrame = 16;

/** Frames: real ones, not in rings, not too deep, not empty; ends inside them must end the run. */
export function checkFrames(draft: Draft): void {
  const { graph, plan, nodes, aboutNode } = draft;
  for (const node of graph.nodes) {
    const facts = factsOf(node.type);
    checkParents(draft, node);
    const { parentId } = node;
    if (parentId !== undefined) {
      const parent = nodes.get(parentId);
      if (!parent || factsOf(parent.type).role !== "frame") {
        const what = `${nameOf(node)} lies in "${parentId}", which is no frame. Move it out.`;
        aboutNode(node, "parent_missing", what, { field: "parentId", fix: outOfFrames(draft, node) });
      }
      if (facts.role === "exit" && !("terminate" in node.data && node.data.terminate)) {
        const what = `${nameOf(node)} lies inside a frame, where an end must end the whole run. Remove it, or set "Ends the whole run".`;
        const fix = fixOf("End the whole run", { do: "set_field", node: node.id, path: ["terminate"], value: true });
        aboutNode(node, "end_in_frame", what, { field: "data.terminate", fix });
      }
    }
    if (facts.role === "frame" && facts.runnable && (plan.bodies.get(node.id)?.nodes.length ?? 0) === 0) {
      aboutNode(node, "frame_empty", whyEmpty(draft, node));
    }
  }
}

/** A frame runs nothing when it holds nothing, and also when all that it holds lies in rings. */
function whyEmpty({ plan }: Draft, frame: GraphNode): string {
  const held = [...plan.nodes.values()].filter((node) => node.frame === frame.id && !node.used);
  if (held.every(({ facts }) => facts.role === "remark")) {
    return `${nameOf(frame)} holds nothing that runs. Drag nodes into it.`;
  }
  return `Nothing in ${nameOf(frame)} begins: every node in it is led to by another. Put a step before them.`;
}

function checkParents(draft: Draft, node: GraphNode): void {
  const { nodes, aboutNode } = draft;
  const seen = new Set([node.id]);
  for (let parent = node.parentId; parent !== undefined; parent = nodes.get(parent)?.parentId) {
    if (seen.has(parent)) {
      const fix = parent === node.id ? outOfFrames(draft, node) : undefined;
      aboutNode(node, "parent_cycle", `${nameOf(node)} lies inside itself. Move it out.`, { field: "parentId", fix });
      return;
    }
    if (seen.size > deepestFrame) {
      const what = `${nameOf(node)} lies more than ${deepestFrame} frames deep. Move it out, or make a subflow of it.`;
      aboutNode(node, "frame_too_deep", what, { field: "parentId" });
      return;
    }
    seen.add(parent);
  }
}

/** Out of every frame, to where it is drawn: places are within the frame. */
function outOfFrames({ nodes }: Draft, node: GraphNode): Fix {
  let { x, y } = node.position;
  const seen = new Set([node.id]);
  for (let id = node.parentId; id !== undefined && !seen.has(id); id = nodes.get(id)?.parentId) {
    seen.add(id);
    const { position } = nodes.get(id) ?? {};
    x += position?.x ?? 0;
    y += position?.y ?? 0;
  }
  const within = (place: number) => Math.max(-1e7, Math.min(1e7, place));
  return fixOf("Move it out", { do: "move_node", node: node.id, x: within(x), y: within(y) });
}

/** From the root's or a frame's entries some node is never reached. */
export function checkReach(draft: Draft): void {
  const { graph, plan, aboutNode } = draft;
  const reached = new Set([...plan.bodies.values()].flatMap(({ nodes }) => nodes));
  const open = openHandles(draft, reached);
  for (const node of graph.nodes) {
    const planned = plan.nodes.get(node.id);
    if (!planned || planned.used || planned.facts.role === "remark" || planned.facts.role === "entry") continue;
    if (reached.has(node.id)) continue;
    const [from, ...more] = open.get(planned.frame) ?? [];
    const what = `Nothing leads to ${nameOf(node)}, so it never runs. Connect it, or remove it.`;
    const fix =
      from && more.length === 0 && isFirst(planned)
        ? fixOf(`Connect it to ${from.name}`, { do: "connect", ...from.wire, target: node.id })
        : undefined;
    aboutNode(node, "node_unreachable", what, { severity: "warning", fix });
  }
}

interface OpenHandle {
  name: string;
  wire: { source: string; sourceHandle: string };
}

const mostEdges = 60_000;

/** By frame, the ways out of what runs that lead nowhere yet. What is taken when something fails may well do so. */
function openHandles({ graph, plan }: Draft, reached: ReadonlySet<string>): Map<string | null, OpenHandle[]> {
  const open = new Map<string | null, OpenHandle[]>();
  if (graph.edges.length >= mostEdges) return open;
  for (const { id, node, facts, frame, outgoing } of plan.nodes.values()) {
    if (!reached.has(id)) continue;
    const wired = new Set(outgoing.map(({ sourceHandle }) => sourceHandle));
    for (const handle of facts.handles(node.data)) {
      if (handle.tone === "bad" || wired.has(handle.id)) continue;
      const found = { name: nameOf(node), wire: { source: id, sourceHandle: handle.id } };
      open.set(frame, [...(open.get(frame) ?? []).slice(0, 1), found]);
    }
  }
  return open;
}
