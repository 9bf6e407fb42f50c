import { type GraphEdge, type GraphNode, inHandle, isControlEdge } from "../graph/index.ts";
import { factsOf } from "../nodes/index.ts";
import { type Draft, nameOf } from "./draft.ts";
import { isSure } from "./ways.ts";

/** Every edge: both ends there, handles that exist, no frame's border crossed, permissions that make sense. */
export function checkEdges(draft: Draft): void {
  const { graph, nodes, aboutEdge } = draft;
  const ids = new Set<string>();
  const pairs = new Set<string>();
  for (const edge of graph.edges) {
    if (ids.has(edge.id)) aboutEdge(edge, "id_duplicate", `Two edges have the id "${edge.id}".`, { field: "id" });
    ids.add(edge.id);
    const source = nodes.get(edge.source);
    const target = nodes.get(edge.target);
    if (!source)
      aboutEdge(edge, "edge_dangling", `Edge ${edge.id} begins at "${edge.source}", which is not in the graph.`, {
        field: "source",
      });
    if (!target)
      aboutEdge(edge, "edge_dangling", `Edge ${edge.id} ends at "${edge.target}", which is not in the graph.`, {
        field: "target",
      });
    if (!source || !target) continue;
    const pair = [edge.source, edge.sourceHandle, edge.target].join(" ");
    if (pairs.has(pair)) {
      aboutEdge(edge, "edge_duplicate", `Edge ${edge.id} repeats another edge. Remove it.`, { severity: "warning" });
    }
    pairs.add(pair);
    if (isControlEdge(edge)) checkControl(draft, edge, source, target);
    else checkPermission(draft, edge, source, target);
  }
}

function checkControl(draft: Draft, edge: GraphEdge, source: GraphNode, target: GraphNode): void {
  const { aboutEdge, plan } = draft;
  const handles = factsOf(source.type).handles(source.data);
  if (!handles.some(({ id }) => id === edge.sourceHandle)) {
    const known = handles.map(({ id }) => id).join(", ") || "none";
    const what = `${nameOf(source)} has no way out "${edge.sourceHandle}". It has: ${known}.`;
    aboutEdge(edge, "handle_unknown", what, { field: "sourceHandle" });
  }
  const { role } = factsOf(target.type);
  if (role === "entry" || role === "remark") {
    aboutEdge(edge, "target_takes_nothing", `Nothing can lead into ${nameOf(target)}.`, { field: "target" });
  } else if (edge.targetHandle !== inHandle) {
    const what = `${nameOf(target)} has one way in, called "in", not "${edge.targetHandle}".`;
    aboutEdge(edge, "handle_unknown", what, { field: "targetHandle" });
  }
  if ((source.parentId ?? "") !== (target.parentId ?? "")) {
    const what = `Edge ${edge.id} from ${nameOf(source)} to ${nameOf(target)} crosses a frame's border. Connect to the frame itself.`;
    aboutEdge(edge, "edge_crosses_frame", what);
  }
  if (plan.nodes.get(target.id)?.used) {
    const what = `${nameOf(target)} is called by an agent and also lies in the flow. It can be one or the other: duplicate it.`;
    aboutEdge(edge, "uses_and_flow", what, { field: "target" });
  } else if (plan.nodes.get(source.id)?.used) {
    const what = `${nameOf(source)} is called by an agent, so nothing can follow it in the flow. Duplicate it.`;
    aboutEdge(edge, "uses_and_flow", what, { field: "source" });
  }
}

function checkPermission(draft: Draft, edge: GraphEdge, source: GraphNode, target: GraphNode): void {
  const { aboutEdge } = draft;
  if (!factsOf(source.type).uses) {
    aboutEdge(edge, "handle_unknown", `${nameOf(source)} cannot call anything; only agents can.`, {
      field: "sourceHandle",
    });
  }
  if (!factsOf(target.type).usable) {
    const what = `An agent cannot call ${nameOf(target)}; it can call tools and other agents.`;
    aboutEdge(edge, "uses_not_usable", what, { field: "target" });
  }
  if (!enclosingFrames(draft, source.id).includes(target.parentId ?? "")) {
    const what = `${nameOf(target)} lies in a frame that ${nameOf(source)} is not in. Move it into the same frame or out of it.`;
    aboutEdge(edge, "uses_out_of_reach", what);
  }
}

/** The frames a node lies in, innermost first, and the root. */
function enclosingFrames({ nodes }: Draft, id: string): string[] {
  const frames: string[] = [];
  let parent = nodes.get(id)?.parentId;
  while (parent !== undefined && !frames.includes(parent)) {
    frames.push(parent);
    parent = nodes.get(parent)?.parentId;
  }
  return [...frames, ""];
}

/** Rings of edges that are no loop, loops that nothing ends, and rings of permissions, which can never end. */
export function checkCycles(draft: Draft): void {
  const { plan, nodes, aboutNode, aboutEdge } = draft;
  for (const entries of plan.tangles) {
    const [first] = entries.flatMap((id) => nodes.get(id) ?? []);
    const names = entries.map((id) => nameOf(nodes.get(id) ?? { id, data: {} })).join(" and ");
    const what = `This loop is entered at ${names}. A loop has one way in: lead all of them to one node.`;
    if (first) aboutNode(first, "loop_two_entries", what);
  }
  for (const { header, back, members } of plan.loops.values()) {
    const endless = back.find((edge) => isSureFrom(draft, header, edge, members));
    if (!endless) continue;
    const what = `Edge ${endless.id} leads back to ${header} in every pass, so this loop has no way out. Lead back from a branch.`;
    aboutEdge(endless, "loop_without_exit", what);
  }
  const permissions = draft.graph.edges.filter((edge) => !isControlEdge(edge));
  for (const edge of backEdges(draft, permissions)) {
    aboutEdge(edge, "uses_cycle", `${edge.target} and ${edge.source} would call each other without end.`);
  }
}

/** Whether this edge back is taken whenever the header has run: every edge on some way to it is always taken. */
function isSureFrom({ plan }: Draft, header: string, back: GraphEdge, within: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  const queue = [header];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const node = plan.nodes.get(id);
    if (!node || seen.has(id) || (id !== header && typeof node.join === "object")) continue;
    seen.add(id);
    for (const edge of node.outgoing) {
      if (!isSure(node, edge)) continue;
      if (edge === back) return true;
      if (within.has(edge.target)) queue.push(edge.target);
    }
  }
  return false;
}

function backEdges({ graph }: Draft, edges: readonly GraphEdge[]): GraphEdge[] {
  const outgoing = Map.groupBy(edges, ({ source }) => source);
  const state = new Map<string, "open" | "done">();
  const back: GraphEdge[] = [];
  for (const { id } of graph.nodes) {
    if (state.has(id)) continue;
    // by hand, not by recursion: a chain of 10,000 nodes must not overflow the stack
    const stack = [{ id, next: 0 }];
    state.set(id, "open");
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = outgoing.get(top.id)?.[top.next];
      top.next += 1;
      if (!edge) {
        state.set(top.id, "done");
        stack.pop();
      } else if (state.get(edge.target) === "open") {
        back.push(edge);
      } else if (!state.has(edge.target)) {
        state.set(edge.target, "open");
        stack.push({ id: edge.target, next: 0 });
      }
    }
  }
  return back;
}

/** A join that waits for more edges than there are can never open. */
export function checkJoins({ graph, plan, aboutNode }: Draft): void {
  for (const node of graph.nodes) {
    const planned = plan.nodes.get(node.id);
    // of nodes with one id, only one is planned: the others are found as duplicates
    if (planned?.node !== node || typeof planned.join === "string") continue;
    const back = plan.loops.get(node.id)?.back.length;
    const most = Math.min(planned.entering.length, back ?? Number.POSITIVE_INFINITY);
    if (planned.join.count <= most) continue;
    const into = back === most && back < planned.entering.length ? "lead back to it" : "lead into it";
    const what = `${nameOf(node)} waits for ${planned.join.count} edges, but only ${most} ${into}.`;
    aboutNode(node, "join_unreachable", what, { field: "data.join" });
  }
}
