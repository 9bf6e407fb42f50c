import { type GraphEdge, isControlEdge } from "../graph/index.ts";
import { type Draft, fixOf, nameOf } from "./draft.ts";
import { isSure } from "./ways.ts";

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
    const what = `${edge.target} and ${edge.source} would call each other without end. Remove one of the edges.`;
    const fix = fixOf("Remove the edge", { do: "remove_edge", edge: edge.id });
    aboutEdge(edge, "uses_cycle", what, { fix });
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
    const what = `${nameOf(node)} waits for ${planned.join.count} edges, but only ${most} ${into}. Let it wait for fewer.`;
    const fix =
      most < 1
        ? fixOf("Wait for all", { do: "set_field", node: node.id, path: ["join"] })
        : fixOf(`Wait for ${most}`, { do: "set_field", node: node.id, path: ["join", "count"], value: most });
    aboutNode(node, "join_unreachable", what, { field: "data.join", fix });
  }
}
