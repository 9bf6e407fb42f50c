import {
  type Graph,
  type GraphEdge,
  type GraphNode,
  inHandle,
  isControlEdge,
  usesHandle,
} from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { type Edge, type Node, type NodeHandle, Position } from "@xyflow/react";
import { crosses } from "../document/borders.ts";
import { detoursOf } from "../document/detour.ts";
import { type Placed, type Places, placesOf } from "../document/geometry.ts";
import { structureOf } from "../document/structure.ts";
import { openHandles } from "../document/wires.ts";
import { titleOf } from "../nodes/cards.ts";
import { handlesOf, mainY, sizeOf, usesX } from "../nodes/size.ts";
import type { Live } from "./live.ts";

/** What a card is drawn from. */
export interface CardData extends Record<string, unknown> {
  node: GraphNode;
  /** Ways out without an edge, where a next step can be added. */
  open: readonly string[];
  /** A frame that is drawn without what it holds. */
  collapsed: boolean;
  /** Edges lead back to it: a loop begins here. */
  header: boolean;
}

export type ViewNode = Node<CardData>;

/** What an edge is drawn from. */
interface WireData extends Record<string, unknown> {
  /** The name of the way out it leaves by. */
  label: string;
  tone: "good" | "bad" | undefined;
  permission: boolean;
  /** It crosses a frame's border, which no run does. */
  wrong: boolean;
  /** Of an edge that leads back: the height at which it passes what lies between, and how often it may be taken. */
  back: BackWire | undefined;
}

export interface BackWire {
  detour: number;
  most: number;
}

export type ViewEdge = Edge<WireData>;

const handleSize = 10;

/** The drawing as React Flow takes it. A node or edge that has not changed stays the same object. */
export function createProjection() {
  let nodeViews = new Map<string, { made: NodeInputs; view: ViewNode }>();
  let edgeViews = new Map<string, { made: EdgeInputs; view: ViewEdge }>();

  function nodes(graph: Graph, selection: readonly string[], live: Live, collapsed: ReadonlySet<string>): ViewNode[] {
    const places = placesOf(graph);
    const selected = new Set(selection);
    const { loops } = structureOf(graph);
    const outgoing = Map.groupBy(graph.edges, ({ source }) => source);
    const used = new Set(graph.edges.flatMap((edge) => (isControlEdge(edge) ? [] : [edge.target])));
    const current = selection[0] ?? graph.nodes.find(({ type }) => factsOf(type).role === "entry")?.id;
    const next = new Map<string, { made: NodeInputs; view: ViewNode }>();
    for (const placed of inDrawingOrder(graph, places)) {
      const { node } = placed;
      const made: NodeInputs = {
        ...placed,
        // nothing can follow what an agent calls
        open: used.has(node.id) ? "" : openHandles(outgoing.get(node.id) ?? [], node).join(" "),
        selected: selected.has(node.id),
        current: current === node.id,
        moved: live.get(node.id),
        collapsed: collapsed.has(node.id),
        header: loops.has(node.id),
      };
      const kept = nodeViews.get(node.id);
      next.set(node.id, kept && sameNode(kept.made, made) ? kept : { made, view: viewNode(made) });
    }
    nodeViews = next;
    return Array.from(next.values(), ({ view }) => view);
  }

  function edges(graph: Graph, selectedEdges: readonly string[]): ViewEdge[] {
    const places = placesOf(graph);
    const selected = new Set(selectedEdges);
    const { back, loops } = structureOf(graph);
    const detours = detoursOf(graph);
    const next = new Map<string, { made: EdgeInputs; view: ViewEdge }>();
    for (const edge of graph.edges) {
      const source = places.get(edge.source);
      const target = places.get(edge.target);
      // an edge without both its ends, or from a way out that is gone, is in the list of problems
      if (!source || !target || !hasHandles(edge, source.node, target.node)) continue;
      const made = {
        edge,
        source: source.node,
        depth: Math.min(source.depth, target.depth),
        selected: selected.has(edge.id),
        wrong: crosses(places, edge),
        detour: detours.get(edge.id),
        most: loops.get(back.get(edge.id) ?? "")?.maxIterations,
      };
      const kept = edgeViews.get(edge.id);
      next.set(edge.id, kept && sameEdge(kept.made, made) ? kept : { made, view: viewEdge(made) });
    }
    edgeViews = next;
    return Array.from(next.values(), ({ view }) => view);
  }

  return { nodes, edges };
}

interface NodeInputs extends Pick<Placed, "node" | "frame" | "depth"> {
  open: string;
  selected: boolean;
  current: boolean;
  moved: ReturnType<Live["get"]>;
  collapsed: boolean;
  header: boolean;
}

function sameNode(a: NodeInputs, b: NodeInputs): boolean {
  return (
    a.node === b.node &&
    a.frame === b.frame &&
    a.depth === b.depth &&
    a.open === b.open &&
    a.selected === b.selected &&
    a.current === b.current &&
    a.moved === b.moved &&
    a.collapsed === b.collapsed &&
    a.header === b.header
  );
}

/** React Flow wants a frame before what it holds. */
function inDrawingOrder(graph: Graph, places: Places): Placed[] {
  const placed = graph.nodes.flatMap(({ id }) => places.get(id) ?? []);
  return placed.every(({ depth }) => depth === 0) ? placed : placed.sort((a, b) => a.depth - b.depth);
}

function viewNode({ node, frame, depth, open, selected, current, moved, collapsed, header }: NodeInputs): ViewNode {
  const { role, title } = factsOf(node.type);
  const size = { ...sizeOf(node), ...moved?.size };
  const name = titleOf(node);
  return {
    id: node.id,
    type: node.type,
    position: moved?.position ?? node.position,
    ...(frame === undefined ? {} : { parentId: frame }),
    ...size,
    measured: size,
    handles: handlesFor(node, size, collapsed),
    selected,
    dragging: moved !== undefined,
    // frames lie under edges, edges under cards, and all of it over the frame around it
    zIndex: depth * 10 + (role === "frame" && !collapsed ? 0 : role === "remark" ? 1 : selected ? 7 : 6),
    ariaLabel: name === title ? name : `${title} ${name}`,
    domAttributes: {
      tabIndex: current ? 0 : -1,
      "data-type": node.type,
      "data-state": "idle",
      "data-role": role,
    } as ViewNode["domAttributes"] & object,
    data: { node, open: open === "" ? [] : open.split(" "), collapsed, header },
  };
}

/** Places of all handles, so that edges are drawn before, and without, any card being measured. */
function handlesFor(
  node: GraphNode,
  { width, height }: { width: number; height: number },
  collapsed: boolean,
): NodeHandle[] {
  const half = handleSize / 2;
  const box = { width: handleSize, height: handleSize };
  const { role, uses } = factsOf(node.type);
  const outs: NodeHandle[] = handlesOf(node).map(({ id, y }) => ({
    id,
    type: "source",
    position: Position.Right,
    x: width - half,
    y: y - half,
    ...box,
  }));
  if (role !== "entry" && role !== "remark") {
    outs.push({ id: inHandle, type: "target", position: Position.Left, x: -half, y: mainY - half, ...box });
  }
  // what agents inside may call hangs at the frame that hides them
  if (uses || collapsed) {
    outs.push({ id: usesHandle, type: "source", position: Position.Bottom, x: usesX - half, y: height - half, ...box });
  }
  return outs;
}

interface EdgeInputs {
  edge: GraphEdge;
  source: GraphNode;
  depth: number;
  selected: boolean;
  wrong: boolean;
  detour: number | undefined;
  most: number | undefined;
}

function sameEdge(a: EdgeInputs, b: EdgeInputs): boolean {
  return (
    a.edge === b.edge &&
    a.source === b.source &&
    a.depth === b.depth &&
    a.selected === b.selected &&
    a.wrong === b.wrong &&
    a.detour === b.detour &&
    a.most === b.most
  );
}

function hasHandles(edge: GraphEdge, source: GraphNode, target: GraphNode): boolean {
  const { role } = factsOf(target.type);
  if (role === "entry" || role === "remark" || edge.targetHandle !== inHandle) return false;
  if (edge.sourceHandle === usesHandle) return factsOf(source.type).uses || factsOf(source.type).role === "frame";
  return handlesOf(source).some(({ id }) => id === edge.sourceHandle);
}

function viewEdge({ edge, source, depth, selected, wrong, detour, most }: EdgeInputs): ViewEdge {
  const handle = handlesOf(source).find(({ id }) => id === edge.sourceHandle);
  return {
    id: edge.id,
    type: isControlEdge(edge) ? "wire" : "permission",
    source: edge.source,
    sourceHandle: edge.sourceHandle,
    target: edge.target,
    targetHandle: edge.targetHandle,
    selected,
    zIndex: depth * 10 + (selected ? 4 : 3),
    data: {
      // a way out with a row is named there
      label: handle?.row ? "" : (handle?.label ?? ""),
      tone: handle?.tone,
      permission: !isControlEdge(edge),
      wrong,
      back: detour === undefined || most === undefined ? undefined : { detour, most },
    },
  };
}
