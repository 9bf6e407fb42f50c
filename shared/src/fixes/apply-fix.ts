import { type Graph, type GraphEdge, GraphNode, inHandle } from "../graph/index.ts";
import type { Json } from "../json/index.ts";
import { factsOf } from "../nodes/index.ts";
import type { Fix, FixStep } from "./fix.ts";

/** The graph after a fix; the same object where nothing is to be changed. */
export function applyFix(graph: Graph, { steps }: Pick<Fix, "steps">): Graph {
  const next = steps.reduce(applyStep, graph);
  const isSame = sameList(graph.nodes, next.nodes) && sameList(graph.edges, next.edges) && graph.input === next.input;
  return isSame ? graph : next;
}

function sameList(a: readonly object[], b: readonly object[]): boolean {
  return a === b || (a.length === b.length && a.every((thing, index) => thing === b[index]));
}

function applyStep(graph: Graph, step: FixStep): Graph {
  switch (step.do) {
    case "remove_node":
      return withoutNode(graph, step.node);
    case "remove_edge":
      return { ...graph, edges: graph.edges.filter(({ id }) => id !== step.edge) };
    case "add_node":
      return withNode(graph, step);
    case "move_node":
      return withNodeChanged(graph, step.node, ({ parentId: _was, ...node }) => ({
        ...node,
        position: { x: step.x, y: step.y },
        ...(step.parentId === undefined ? {} : { parentId: step.parentId }),
      }));
    case "rename":
      return step.list === "nodes"
        ? { ...graph, nodes: renamed(graph.nodes, step) }
        : { ...graph, edges: renamed(graph.edges, step) };
    case "connect":
      return withEdge(graph, step);
    case "set_handle":
      return {
        ...graph,
        edges: graph.edges.map((edge) => (edge.id === step.edge ? { ...edge, [step.end]: step.handle } : edge)),
      };
    case "set_field":
      return withData(graph, step.node, (data) => withValue(data, step.path, () => step.value));
    case "replace_text":
      return withData(graph, step.node, (data) => withValue(data, step.path, (text) => withText(text, step)));
    case "set_input":
      return graph.input === undefined
        ? graph
        : { ...graph, input: withValue(graph.input, step.path, () => step.value) as typeof graph.input };
  }
}

type StepOf<Do extends FixStep["do"]> = Extract<FixStep, { do: Do }>;

function withoutNode(graph: Graph, node: string): Graph {
  const gone = new Set([node]);
  const held = Map.groupBy(graph.nodes, ({ parentId }) => parentId ?? "");
  // the set grows while it is walked: frames hold frames
  for (const id of gone) for (const child of held.get(id) ?? []) gone.add(child.id);
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => !gone.has(id)),
    edges: graph.edges.filter(({ source, target }) => !gone.has(source) && !gone.has(target)),
  };
}

function withNode(graph: Graph, { id, type, x, y }: StepOf<"add_node">): Graph {
  if (graph.nodes.some((node) => node.id === id)) return graph;
  // a type's initial data are its own data
  const node = { id, type, data: factsOf(type).initial, position: { x, y } } as GraphNode;
  return { ...graph, nodes: [...graph.nodes, node] };
}

function withEdge(graph: Graph, { source, sourceHandle, target }: StepOf<"connect">): Graph {
  const isThere = (node: string) => graph.nodes.some(({ id }) => id === node);
  const isDrawn = graph.edges.some(
    (edge) => edge.source === source && edge.sourceHandle === sourceHandle && edge.target === target,
  );
  if (isDrawn || !isThere(source) || !isThere(target)) return graph;
  // its id says what it joins, so that diffs are readable
  const id = freeName(`${source}.${sourceHandle}-${target}`, new Set(graph.edges.map((edge) => edge.id)), "-");
  const edge: GraphEdge = { id, source, sourceHandle, target, targetHandle: inHandle };
  return { ...graph, edges: [...graph.edges, edge] };
}

function renamed<Thing extends { id: string }>(things: readonly Thing[], { id, nth, to }: StepOf<"rename">): Thing[] {
  let met = -1;
  return things.map((thing) => {
    if (thing.id !== id) return thing;
    met += 1;
    return met === nth ? { ...thing, id: to } : thing;
  });
}

function withNodeChanged(graph: Graph, id: string, change: (node: GraphNode) => object): Graph {
  return {
    ...graph,
    // a fix is made for the node's own type: its union's member does not change
    nodes: graph.nodes.map((node) => (node.id === id ? (change(node) as GraphNode) : node)),
  };
}

/** Only where the node can hold it: since the fix was made, another may have come in its place. */
function withData(graph: Graph, id: string, change: (data: Json) => Json | undefined): Graph {
  return withNodeChanged(graph, id, (node) => {
    const data = change(node.data as Json);
    const changed = { ...node, data };
    return data !== node.data && GraphNode.safeParse(changed).success ? changed : node;
  });
}

/** A value in which another stands at a place; unchanged where the way to it is not there. */
function withValue(
  value: Json | undefined,
  [key, ...rest]: readonly (string | number)[],
  change: (at: Json | undefined) => Json | undefined,
): Json | undefined {
  if (key === undefined) return change(value);
  if (value === null || typeof value !== "object") return value;
  const held: Json | undefined = Object.hasOwn(value, key) ? (Reflect.get(value, key) as Json) : undefined;
  const next = withValue(held, rest, change);
  if (next === held) return value;
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => (index !== Number(key) ? [item] : next === undefined ? [] : [next]));
  }
  const entries = Object.entries(value);
  const changed = entries.flatMap(([name, item]): [string, Json][] =>
    name !== String(key) ? [[name, item]] : next === undefined ? [] : [[name, next]],
  );
  const isNew = held === undefined && next !== undefined;
  return Object.fromEntries(isNew ? [...changed, [String(key), next]] : changed);
}

function withText(value: Json | undefined, { start, end, was, text }: StepOf<"replace_text">): Json | undefined {
  if (typeof value !== "string" || value.slice(start, end) !== was) return value;
  return value.slice(0, start) + text + value.slice(end);
}

/** A name that nothing has yet. */
export function freeName(base: string, taken: { has: (name: string) => boolean }, between: string): string {
  if (!taken.has(base)) return base;
  for (let count = 2; ; count += 1) if (!taken.has(`${base}${between}${count}`)) return `${base}${between}${count}`;
}
