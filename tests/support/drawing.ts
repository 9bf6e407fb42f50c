/** Parts of graphs as they are sent over HTTP, in few words. */
export function node(id: string, type: string, data: object = {}, parentId?: string): object {
  return { id, type, ...(parentId === undefined ? {} : { parentId }), data, position: { x: 0, y: 0 } };
}

export function edge(source: string, target: string, sourceHandle = "out"): object {
  return { id: `${source}_${sourceHandle}_${target}`, source, sourceHandle, target, targetHandle: "in" };
}

export function drawing(nodes: readonly object[], edges: readonly object[] = [], more: object = {}): object {
  return { format: "signalbox.graph/1", name: "Test", nodes, edges, ...more };
}

/** Doubles its input `n`. */
export const doubling = drawing(
  [
    node("start", "start"),
    node("twice", "set", { values: { n: "{{ input.n * 2 }}" } }),
    node("stop", "end", { output: "{{ twice.n }}" }),
  ],
  [edge("start", "twice"), edge("twice", "stop")],
  { input: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] } },
);

/** Asks a person whether to ship its input. */
export const asking = drawing(
  [
    node("start", "start"),
    node("ask", "approval", { title: "Ship {{ input }}?" }),
    node("stop", "end", { output: "{{ ask.decision }}" }),
  ],
  [edge("start", "ask"), edge("ask", "stop", "approved")],
);
