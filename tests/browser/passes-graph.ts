const edge = (source: string, target: string, sourceHandle = "out") => ({
  id: `${source}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle: "in",
});

/**
 * A drawing in which everything runs more than once: a for-each (its third item fails), a loop frame with a for-each in
 * it, lanes, and a loop that an edge back makes. All of it runs by itself, without a model.
 */
export const repeating = {
  format: "signalbox.graph/1",
  name: "Again and again",
  input: { type: "object", properties: { items: { type: "array", items: { type: "integer" } } }, required: ["items"] },
  nodes: [
    { id: "start", type: "start", data: {}, position: { x: 0, y: 64 } },
    {
      id: "each",
      type: "parallel",
      data: { label: "Each order", mode: "forEach", items: "input.items", join: "settled" },
      position: { x: 304, y: 0 },
      width: 448,
      height: 224,
    },
    {
      id: "share",
      type: "set",
      data: { label: "Share", values: { part: "{{ [10, 20, 30][item] }}" } },
      position: { x: 48, y: 96 },
      parentId: "each",
    },
    {
      id: "revise",
      type: "loop",
      data: { label: "Revise", until: "iteration >= 3", maxIterations: 5 },
      position: { x: 832, y: 0 },
      width: 640,
      height: 448,
    },
    {
      id: "draft",
      type: "set",
      data: { label: "Draft", values: { n: "{{ iteration }}" } },
      position: { x: 32, y: 96 },
      parentId: "revise",
    },
    {
      id: "parts",
      type: "parallel",
      data: { label: "Parts", mode: "forEach", items: "[1, 2, 3]" },
      position: { x: 32, y: 208 },
      width: 400,
      height: 208,
      parentId: "revise",
    },
    {
      id: "polish",
      type: "set",
      data: { label: "Polish", values: { n: "{{ iteration * 10 + item }}" } },
      position: { x: 48, y: 80 },
      parentId: "parts",
    },
    {
      id: "fan",
      type: "parallel",
      data: { label: "Both at once", mode: "lanes" },
      position: { x: 304, y: 560 },
      width: 448,
      height: 320,
    },
    {
      id: "left",
      type: "set",
      data: { label: "Left", values: { side: "l" } },
      position: { x: 48, y: 80 },
      parentId: "fan",
    },
    {
      id: "right",
      type: "set",
      data: { label: "Right", values: { side: "r" } },
      position: { x: 48, y: 208 },
      parentId: "fan",
    },
    {
      id: "write",
      type: "set",
      data: { label: "Write", values: { n: "{{ iteration }}" } },
      position: { x: 832, y: 608 },
    },
    {
      id: "judge",
      type: "branch",
      data: { label: "Judge", cases: [{ id: "again", label: "Again", when: "write.n < 3" }] },
      position: { x: 1152, y: 608 },
    },
    { id: "stop", type: "end", data: { output: "{{ write.n }}" }, position: { x: 1520, y: 640 } },
  ],
  edges: [
    edge("start", "each"),
    edge("each", "revise"),
    edge("draft", "parts"),
    edge("revise", "fan"),
    edge("fan", "write"),
    edge("write", "judge"),
    edge("judge", "write", "again"),
    edge("judge", "stop", "else"),
  ],
};
