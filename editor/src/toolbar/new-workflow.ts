import { type Graph, type GraphNode, graphFormat, inHandle } from "@signalbox/shared/graph";

/** What a new workflow starts with: an input, one agent that answers it, and an end. It runs as it is. */
export function newWorkflowGraph(name: string): Graph {
  const nodes: GraphNode[] = [
    { id: "start", type: "start", data: {}, position: { x: 0, y: 0 } },
    {
      id: "agent",
      type: "agent",
      data: { label: "Answer", model: "simulated", prompt: "{{ input.question }}" },
      position: { x: 304, y: 0 },
    },
    { id: "end", type: "end", data: { output: "{{ agent.text }}" }, position: { x: 608, y: 0 } },
  ];
  const edge = (source: string, target: string) => ({
    id: `${source}.out-${target}`,
    source,
    sourceHandle: "out",
    target,
    targetHandle: inHandle,
  });
  return {
    format: graphFormat,
    name,
    input: { type: "object", properties: { question: { type: "string", title: "Question" } }, required: ["question"] },
    nodes,
    edges: [edge("start", "agent"), edge("agent", "end")],
  };
}
