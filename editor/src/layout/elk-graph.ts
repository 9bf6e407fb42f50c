import { type Graph, type GraphNode, isControlEdge, usesHandle } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api";
import type { Point } from "../document/geometry.ts";
import { structureOf } from "../document/structure.ts";
import { frameHead, framePad, grid, handlesOf, mainY, sizeOf } from "../nodes/size.ts";

/** Where a node is to be, in its frame; frames get their size too. */
export interface Arranged {
  id: string;
  position: Point;
  width?: number;
  height?: number;
}

/** How what an agent may call hangs below it. */
const hang = { indent: 64, gap: 24 };

/** Up to so many nodes the finer way of placing is worth its time: it takes seconds where the other takes a moment. */
const fineUpTo = 120;

const common = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.layered.spacing.nodeNodeBetweenLayers": "64",
  "elk.spacing.nodeNode": "40",
  "elk.spacing.componentComponent": "48",
  "elk.layered.nodePlacement.favorStraightEdges": "true",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.crossingMinimization.forceNodeModelOrder": "false",
  "elk.separateConnectedComponents": "true",
};

/**
 * The drawing as ELK reads it, as far as `only` holds it. What an agent may call is not laid out by itself: it hangs
 * below the agent, and the two are one block.
 */
export function toElk(graph: Graph, only: ReadonlySet<string>): ElkNode {
  const hung = hungNodes(graph, only);
  const hanging = hangingIn(graph, hung);
  const strategy = only.size <= fineUpTo ? "NETWORK_SIMPLEX" : "BRANDES_KOEPF";
  const options = { ...common, "elk.layered.nodePlacement.strategy": strategy };
  const inside = Map.groupBy(
    graph.nodes.filter(({ id, type }) => only.has(id) && !hung.has(id) && factsOf(type).role !== "remark"),
    ({ parentId }) => (parentId !== undefined && only.has(parentId) ? parentId : ""),
  );
  const build = (node: GraphNode): ElkNode => {
    const held = inside.get(node.id);
    const block = blockOf(hanging, node);
    const { width } = sizeOf(node);
    const ports = [
      { id: `${node.id}<`, x: 0, y: mainY, width: 0, height: 0, layoutOptions: { "elk.port.side": "WEST" } },
      ...handlesOf(node).map(({ id, y }) => ({
        id: `${node.id}>${id}`,
        x: width,
        y,
        width: 0,
        height: 0,
        layoutOptions: { "elk.port.side": "EAST" },
      })),
    ];
    if (!held) return { id: node.id, ...block, ports, layoutOptions: fixedPorts };
    return {
      id: node.id,
      ports,
      children: held.map(build),
      edges: edgesIn(graph, new Set(held.map(({ id }) => id))),
      layoutOptions: {
        ...options,
        ...fixedSides,
        "elk.padding": `[top=${frameHead + 16},left=${framePad + 8},bottom=${framePad + 8},right=${framePad + 16}]`,
      },
    };
  };
  const top = inside.get("") ?? [];
  return {
    id: "",
    layoutOptions: options,
    children: top.map(build),
    edges: edgesIn(graph, new Set(top.map(({ id }) => id))),
  };
}

// what begins in the same column begins at the same line
const fixedPorts = { "elk.portConstraints": "FIXED_POS", "elk.alignment": "LEFT" };
const fixedSides = { "elk.portConstraints": "FIXED_SIDE", "elk.alignment": "LEFT" };

function edgesIn(graph: Graph, ids: ReadonlySet<string>): ElkExtendedEdge[] {
  // what leads back must not decide what comes first
  const { back } = structureOf(graph);
  return graph.edges
    .filter((edge) => isControlEdge(edge) && !back.has(edge.id) && ids.has(edge.source) && ids.has(edge.target))
    .map(({ id, source, sourceHandle, target }) => ({
      id,
      sources: [`${source}>${sourceHandle}`],
      targets: [`${target}<`],
    }));
}

/** What hangs below what: each callable node below the first agent of its own frame that may call it. */
function hungNodes({ nodes, edges }: Graph, only: ReadonlySet<string>): Map<string, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const hung = new Map<string, string>();
  for (const { source, sourceHandle, target } of edges) {
    if (sourceHandle !== usesHandle || hung.has(target) || !only.has(source) || !only.has(target)) continue;
    const [agent, called] = [byId.get(source), byId.get(target)];
    // a ring cannot hang
    if (!agent || !called || agent.parentId !== called.parentId || hangsBelow(hung, source, target)) continue;
    hung.set(target, source);
  }
  return hung;
}

function hangsBelow(hung: ReadonlyMap<string, string>, id: string, above: string): boolean {
  for (let at: string | undefined = id; at !== undefined; at = hung.get(at)) if (at === above) return true;
  return false;
}

/** By node, what hangs below it, in the order of the graph. */
type Hanging = ReadonlyMap<string | undefined, readonly GraphNode[]>;

function hangingIn({ nodes }: Graph, hung: ReadonlyMap<string, string>): Hanging {
  return Map.groupBy(nodes, ({ id }) => hung.get(id));
}

function blockOf(hanging: Hanging, node: GraphNode): { width: number; height: number } {
  let { width, height } = sizeOf(node);
  for (const called of hanging.get(node.id) ?? []) {
    const block = blockOf(hanging, called);
    width = Math.max(width, hang.indent + block.width);
    height += hang.gap + block.height;
  }
  return { width, height };
}

/** ELK's answer as positions of nodes, on the grid. */
export function fromElk(graph: Graph, only: ReadonlySet<string>, laid: ElkNode): Arranged[] {
  const hanging = hangingIn(graph, hungNodes(graph, only));
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const arranged: Arranged[] = [];
  const place = (node: GraphNode, x: number, y: number, size: { width?: number; height?: number } = {}) => {
    const position = { x: onGrid(x), y: onGrid(y) };
    arranged.push({ id: node.id, position, ...size });
    let below = position.y + sizeOf(node).height + hang.gap;
    for (const called of hanging.get(node.id) ?? []) {
      place(called, position.x + hang.indent, below);
      below += blockOf(hanging, called).height + hang.gap;
    }
  };
  const read = ({ id, x = 0, y = 0, width = 0, height = 0, children }: ElkNode) => {
    const node = byId.get(id);
    if (node) place(node, x, y, children ? { width: upToGrid(width), height: upToGrid(height) } : {});
    for (const child of children ?? []) read(child);
  };
  read(laid);
  return arranged;
}

function onGrid(value: number): number {
  return Math.round(value / grid) * grid;
}

function upToGrid(value: number): number {
  return Math.ceil(value / grid) * grid;
}
