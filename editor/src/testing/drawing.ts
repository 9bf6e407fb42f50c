/** Where a drawn node stands, and in which frame. */
interface Place {
  x?: number;
  y?: number;
  parentId?: string | undefined;
  data?: object;
}

/** A node as graphs hold it, for tests: only what matters to them is said. */
export function drawnNode(id: string, type: string, { x = 0, y = 0, parentId, data = {} }: Place = {}) {
  return { id, type, data, position: { x, y }, ...(parentId === undefined ? {} : { parentId }) };
}

/** An edge between two of them, `source-target` by id. */
export function drawnEdge(source: string, target: string, sourceHandle = "out") {
  return { id: `${source}-${target}`, source, sourceHandle, target, targetHandle: "in" };
}
