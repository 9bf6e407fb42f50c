import { nearest } from "../expressions/index.ts";
import { type Fix, type FixStep, freeName } from "../fixes/index.ts";
import { type GraphEdge, type GraphNode, inHandle, isControlEdge } from "../graph/index.ts";
import { factsOf } from "../nodes/index.ts";
import { type Draft, fixOf, nameOf } from "./draft.ts";

/** Every edge: both ends there, handles that exist, no frame's border crossed, permissions that make sense. */
export function checkEdges(draft: Draft): void {
  const { graph, nodes, edges, aboutEdge } = draft;
  const met = new Map<string, number>();
  const pairs = new Set<string>();
  for (const edge of graph.edges) {
    const nth = met.get(edge.id) ?? 0;
    met.set(edge.id, nth + 1);
    if (nth > 0) {
      const to = freeName(edge.id.slice(0, 190), edges, "-");
      const fix = fixOf("Give it another id", { do: "rename", list: "edges", id: edge.id, nth, to });
      aboutEdge(edge, "id_duplicate", `Two edges have the id "${edge.id}". Rename one.`, { field: "id", fix });
    }
    const source = nodes.get(edge.source);
    const target = nodes.get(edge.target);
    const fix = removal(edge);
    if (!source) {
      const what = `Edge ${edge.id} begins at "${edge.source}", which is not in the graph. Remove it.`;
      aboutEdge(edge, "edge_dangling", what, { field: "source", fix });
    }
    if (!target) {
      const what = `Edge ${edge.id} ends at "${edge.target}", which is not in the graph. Remove it.`;
      aboutEdge(edge, "edge_dangling", what, { field: "target", fix });
    }
    if (!source || !target) continue;
    const pair = [edge.source, edge.sourceHandle, edge.target].join(" ");
    if (pairs.has(pair)) {
      const what = `Edge ${edge.id} repeats another edge. Remove it.`;
      aboutEdge(edge, "edge_duplicate", what, { severity: "warning", fix });
    }
    pairs.add(pair);
    if (isControlEdge(edge)) checkControl(draft, edge, source, target);
    else checkPermission(draft, edge, source, target);
  }
}

function removal({ id }: GraphEdge): Fix {
  return fixOf("Remove the edge", { do: "remove_edge", edge: id });
}

function checkControl(draft: Draft, edge: GraphEdge, source: GraphNode, target: GraphNode): void {
  const { aboutEdge, plan } = draft;
  checkHandles(draft, edge, source, target);
  if ((source.parentId ?? "") !== (target.parentId ?? "")) {
    const what = `Edge ${edge.id} from ${nameOf(source)} to ${nameOf(target)} crosses a frame's border. Connect to the frame itself.`;
    aboutEdge(edge, "edge_crosses_frame", what, { fix: atBorder(draft, edge) });
  }
  if (plan.nodes.get(target.id)?.used) {
    const what = `${nameOf(target)} is called by an agent and also lies in the flow. It can be one or the other: duplicate it.`;
    aboutEdge(edge, "uses_and_flow", what, { field: "target" });
  } else if (plan.nodes.get(source.id)?.used) {
    const what = `${nameOf(source)} is called by an agent, so nothing can follow it in the flow. Duplicate it.`;
    aboutEdge(edge, "uses_and_flow", what, { field: "source" });
  }
}

function checkHandles({ aboutEdge }: Draft, edge: GraphEdge, source: GraphNode, target: GraphNode): void {
  const handles = factsOf(source.type)
    .handles(source.data)
    .map(({ id }) => id);
  if (!handles.includes(edge.sourceHandle)) {
    const meant = handles.length === 1 ? handles[0] : nearest(edge.sourceHandle, handles);
    const fix =
      meant === undefined
        ? removal(edge)
        : fixOf(`Leave by "${meant}"`, { do: "set_handle", edge: edge.id, end: "sourceHandle", handle: meant });
    const what = `${nameOf(source)} has no way out "${edge.sourceHandle}". It has: ${handles.join(", ") || "none"}.`;
    aboutEdge(edge, "handle_unknown", what, { field: "sourceHandle", fix });
  }
  const { role } = factsOf(target.type);
  if (role === "entry" || role === "remark") {
    const what = `Nothing can lead into ${nameOf(target)}. Remove the edge.`;
    aboutEdge(edge, "target_takes_nothing", what, { field: "target", fix: removal(edge) });
  } else if (edge.targetHandle !== inHandle) {
    const what = `${nameOf(target)} has one way in, called "in", not "${edge.targetHandle}".`;
    const step = { do: "set_handle", edge: edge.id, end: "targetHandle", handle: inHandle } as const;
    aboutEdge(edge, "handle_unknown", what, { field: "targetHandle", fix: fixOf('Lead to "in"', step) });
  }
}

/** Leads an edge over a border to or from the frame itself; where that says nothing, the edge goes. */
function atBorder(draft: Draft, edge: GraphEdge): Fix {
  const gone: FixStep = { do: "remove_edge", edge: edge.id };
  const from = [edge.source, ...enclosingFrames(draft, edge.source)];
  const to = [edge.target, ...enclosingFrames(draft, edge.target)];
  // what stands side by side: the first around the source that lies in something around the target
  const isAround = new Set(to);
  const source = from.find((id) => isAround.has(draft.nodes.get(id)?.parentId ?? ""));
  const parent = source === undefined ? undefined : (draft.nodes.get(source)?.parentId ?? "");
  const target = to.find((id) => id !== "" && (draft.nodes.get(id)?.parentId ?? "") === parent);
  const node = draft.nodes.get(source ?? "");
  const [main] = node ? factsOf(node.type).handles(node.data) : [];
  const sourceHandle = source === edge.source ? edge.sourceHandle : main?.id;
  const isEndOfAll = source === undefined || target === undefined || source === target || sourceHandle === undefined;
  if (isEndOfAll) return fixOf("Remove the edge", gone);
  return fixOf("Connect to the frame", gone, { do: "connect", source, sourceHandle, target });
}

function checkPermission(draft: Draft, edge: GraphEdge, source: GraphNode, target: GraphNode): void {
  const { aboutEdge } = draft;
  const fix = removal(edge);
  if (!factsOf(source.type).uses) {
    const what = `${nameOf(source)} cannot call anything; only agents can. Remove the edge.`;
    aboutEdge(edge, "handle_unknown", what, { field: "sourceHandle", fix });
  }
  if (!factsOf(target.type).usable) {
    const what = `An agent cannot call ${nameOf(target)}; it can call tools and other agents. Remove the edge.`;
    aboutEdge(edge, "uses_not_usable", what, { field: "target", fix });
  }
  if (!enclosingFrames(draft, source.id).includes(target.parentId ?? "")) {
    const what = `${nameOf(target)} lies in a frame that ${nameOf(source)} is not in. Move it into the same frame or out of it.`;
    aboutEdge(edge, "uses_out_of_reach", what);
  }
}

/** More frames around a node than this are a finding of their own. */
const mostFrames = 100;

/** The frames a node lies in, innermost first, and the root. */
function enclosingFrames({ nodes }: Draft, id: string): string[] {
  const frames: string[] = [];
  let parent = nodes.get(id)?.parentId;
  while (parent !== undefined && !frames.includes(parent) && frames.length < mostFrames) {
    frames.push(parent);
    parent = nodes.get(parent)?.parentId;
  }
  return [...frames, ""];
}
