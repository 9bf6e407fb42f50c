import { type Graph, type GraphEdge, type GraphNode, isControlEdge, usesHandle } from "@signalbox/shared/graph";
import { factsOf, type NodeTypeName } from "@signalbox/shared/nodes";
import { cardWidth, framePad, grid, mainY, sizeOf, usesX } from "../nodes/size.ts";
import { edgeIds, newEdge, newNode, type Wire, withHeld } from "./commands.ts";
import {
  frameAt,
  inFrame,
  keptInside,
  overlaps,
  type Places,
  type Point,
  placesOf,
  snap,
  sourcePoint,
} from "./geometry.ts";
import { freeNodeId, nodeIds } from "./ids.ts";
import { freeMainHandle, isUsed, mainHandle } from "./wires.ts";

/** One end of an edge that is still looking for its other end. */
export interface WireEnd {
  node: string;
  handle: string;
  side: "source" | "target";
}

/** Where a new node is to go. Points are absolute: its upper left corner. */
export type Where =
  | { point: Point }
  /** At the other end of a wire; without a point, beside the node the wire comes from. */
  | { end: WireEnd; point?: Point | undefined }
  /** Into an edge: what comes after it makes room. */
  | { edge: string };

/** Free space between two steps in a row. */
const gap = 64;

/** A graph with one more node, and its id. Nothing when it cannot be there. `seen`: where frames are drawn. */
export function withNew(
  graph: Graph,
  type: NodeTypeName,
  where: Where,
  seen: Places = placesOf(graph),
): { graph: Graph; id: string } | undefined {
  const id = freeNodeId(type, nodeIds(graph));
  if ("edge" in where) return between(graph, type, id, where.edge);
  const places = placesOf(graph);
  if (!("end" in where)) {
    const top = factsOf(type).role === "entry";
    const point = snap(where.point);
    const frame = top ? undefined : frameAt(seen, point);
    return { graph: put(graph, newNode(type, id, point, undefined), frame, point), id };
  }
  const { end, point } = where;
  const from = places.get(end.node);
  if (!from) return undefined;
  const draft = newNode(type, id, { x: 0, y: 0 }, undefined);
  const wanted = point ?? beside(places, end, draft);
  const added = put(graph, draft, from.frame, freeSpot(places, from.frame, draft, wanted));
  const wire = wireBetween(end, draft);
  return { graph: wire ? withWire(added, wire) : added, id };
}

/** An edge's two ends, once there is a node for the open one. */
function wireBetween({ node, handle, side }: WireEnd, other: GraphNode): Wire | undefined {
  if (side === "source") return { source: node, sourceHandle: handle, target: other.id };
  const out = mainHandle(other);
  return out === undefined ? undefined : { source: other.id, sourceHandle: out, target: node };
}

function withWire(graph: Graph, wire: Wire): Graph {
  return { ...graph, edges: [...graph.edges, newEdge(wire, edgeIds(graph))] };
}

function beside(places: Places, { node, handle, side }: WireEnd, draft: GraphNode): Point {
  const from = places.get(node);
  if (!from) return { x: 0, y: 0 };
  if (side === "target") return snap({ x: from.rect.x - gap - sizeOf(draft).width, y: from.rect.y });
  const start = sourcePoint(from, handle);
  if (handle === usesHandle) return snap({ x: from.rect.x + usesX + 38, y: start.y + 32 });
  return snap({ x: start.x + gap, y: start.y - mainY });
}

/** The place nearest below the wanted one where a node lies on no other of the same frame. */
function freeSpot(places: Places, frame: string | undefined, draft: GraphNode, wanted: Point): Point {
  const others = [...places.values()].filter((placed) => placed.frame === frame && placed.node.id !== draft.id);
  const spot = { ...wanted, ...sizeOf(draft) };
  // each step down passes at least one obstacle, so there are at most as many as others
  for (let step = 0; step <= others.length; step += 1) {
    const obstacle = others.find(({ rect }) => overlaps(spot, rect, grid));
    if (!obstacle) break;
    spot.y = Math.ceil((obstacle.rect.y + obstacle.rect.height + grid * 2) / grid) * grid;
  }
  return { x: spot.x, y: spot.y };
}

/** A node put into a frame at an absolute point; the frame grows where it must. */
function put(graph: Graph, node: GraphNode, frame: string | undefined, point: Point): Graph {
  const local = inFrame(placesOf(graph), frame, point);
  const placed: GraphNode = {
    ...node,
    position: frame === undefined ? local : keptInside(local),
    ...(frame === undefined ? {} : { parentId: frame }),
  };
  return withRoom({ ...graph, nodes: [...graph.nodes, placed] }, [frame]);
}

/** Frames made large enough for what they hold, and so the frames around them. */
export function withRoom(graph: Graph, frames: readonly (string | undefined)[]): Graph {
  let nodes = graph.nodes;
  const queue = frames.filter((frame) => frame !== undefined);
  const seen = new Set<string>();
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const frame = nodes.find((node) => node.id === id);
    if (!frame) continue;
    const { width, height } = sizeOf(frame);
    const held = nodes.filter(({ parentId }) => parentId === id);
    const right = Math.max(...held.map((node) => node.position.x + sizeOf(node).width + framePad));
    const bottom = Math.max(...held.map((node) => node.position.y + sizeOf(node).height + framePad));
    if (right <= width && bottom <= height) continue;
    const grown = { ...frame, width: Math.max(width, right), height: Math.max(height, bottom) };
    nodes = nodes.map((node) => (node === frame ? grown : node));
    if (frame.parentId !== undefined) queue.push(frame.parentId);
  }
  return nodes === graph.nodes ? graph : { ...graph, nodes };
}

function between(graph: Graph, type: NodeTypeName, id: string, edgeId: string) {
  const draft = newNode(type, id, { x: 0, y: 0 }, undefined);
  const edge = graph.edges.find((one) => one.id === edgeId);
  const source = edge && placesOf(graph).get(edge.source);
  if (!edge || !source || !canLieOn(edge, draft)) return undefined;
  const opened = roomAfter(graph, edge, sizeOf(draft).width);
  const start = sourcePoint(source, edge.sourceHandle);
  const middle = targetLeft(opened, edge) - start.x - sizeOf(draft).width;
  const point = snap({ x: start.x + Math.max(gap, middle / 2), y: start.y - mainY });
  const spot = freeSpot(placesOf(opened), source.frame, draft, point);
  return { graph: spliced(put(opened, draft, source.frame, spot), edge, draft), id };
}

function targetLeft(graph: Graph, { target }: GraphEdge): number {
  return placesOf(graph).get(target)?.rect.x ?? 0;
}

/** Whether a node can lie between the two ends of an edge. */
export function canLieOn(edge: GraphEdge, node: GraphNode): boolean {
  const { role } = factsOf(node.type);
  return isControlEdge(edge) && role !== "entry" && role !== "remark" && mainHandle(node) !== undefined;
}

/** The edge to the node, and from the node on to where the edge led. */
function spliced(graph: Graph, edge: GraphEdge, node: GraphNode): Graph {
  const out = mainHandle(node) ?? "out";
  const cut = { ...graph, edges: graph.edges.filter(({ id }) => id !== edge.id) };
  const before = withWire(cut, { source: edge.source, sourceHandle: edge.sourceHandle, target: node.id });
  return withWire(before, { source: node.id, sourceHandle: out, target: edge.target });
}

/** What comes after an edge moved to the right, as far as a node of this width needs. */
function roomAfter(graph: Graph, edge: GraphEdge, width = cardWidth): Graph {
  const places = placesOf(graph);
  const source = places.get(edge.source);
  const target = places.get(edge.target);
  if (!source || !target || target.rect.x <= source.rect.x) return graph;
  const missing = source.rect.x + source.rect.width + gap + width + gap - target.rect.x;
  if (missing <= 0) return graph;
  const dx = Math.ceil(missing / grid) * grid;
  const moving = pushed(places, downstream(graph, edge.target, edge.source), target.frame, dx);
  const nodes = graph.nodes.map((node) =>
    moving.has(node.id) ? { ...node, position: { ...node.position, x: node.position.x + dx } } : node,
  );
  return withRoom({ ...graph, nodes }, [target.frame]);
}

/** Of one frame: what is moved to the right, and what it would come to lie on, which moves along. */
function pushed(places: Places, first: ReadonlySet<string>, frame: string | undefined, dx: number): Set<string> {
  const here = [...places.values()].filter((placed) => placed.frame === frame);
  const moving = new Set(here.filter(({ node }) => first.has(node.id)).map(({ node }) => node.id));
  for (let size = -1; size !== moving.size; ) {
    size = moving.size;
    for (const { node, rect } of here) {
      if (moving.has(node.id)) continue;
      const isInTheWay = here.some((other) => {
        if (!moving.has(other.node.id) || overlaps(other.rect, rect)) return false;
        return overlaps({ ...other.rect, x: other.rect.x + dx }, rect, grid);
      });
      if (isInTheWay) moving.add(node.id);
    }
  }
  return moving;
}

/** A node, all that comes after it, and what those may call. */
function downstream(graph: Graph, from: string, stop?: string): Set<string> {
  const found = new Set<string>();
  const queue = [from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id) || id === stop) continue;
    found.add(id);
    for (const { source, target } of graph.edges) if (source === id) queue.push(target);
  }
  return found;
}

/** A node that is there already and free of edges, taken into an edge. Nothing when it does not fit. */
export function withSplice(graph: Graph, nodeId: string, edgeId: string): Graph | undefined {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  const edge = graph.edges.find(({ id }) => id === edgeId);
  const end = graph.nodes.find(({ id }) => id === edge?.target);
  if (!node || !edge || !end || end.parentId !== node.parentId || !canLieOn(edge, node)) return undefined;
  if (graph.edges.some(({ source, target }) => source === nodeId || target === nodeId)) return undefined;
  const opened = roomAfter(graph, edge, sizeOf(node).width);
  return spliced(opened, edge, node);
}

/** A graph without some nodes, what led into them joined to what they led to. */
export function withoutJoined(graph: Graph, ids: readonly string[]): Graph {
  let joined = graph;
  for (const id of ids) {
    const flow = joined.edges.filter(isControlEdge);
    const into = flow.filter(({ target }) => target === id);
    const node = joined.nodes.find((one) => one.id === id);
    const main = node && mainHandle(node);
    const onward = flow.filter(({ source, sourceHandle }) => source === id && sourceHandle === main);
    for (const { source, sourceHandle } of into) {
      for (const { target } of onward) {
        const there = joined.edges.some(
          (e) => e.source === source && e.sourceHandle === sourceHandle && e.target === target,
        );
        if (source !== target && !there) joined = withWire(joined, { source, sourceHandle, target });
      }
    }
    joined = { ...joined, edges: joined.edges.filter(({ source, target }) => source !== id && target !== id) };
  }
  const gone = withHeld(joined, ids);
  return {
    ...joined,
    nodes: joined.nodes.filter(({ id }) => !gone.has(id)),
    edges: joined.edges.filter(({ source, target }) => !gone.has(source) && !gone.has(target)),
  };
}

/** Where a new node goes when nobody has said: after the one selected step, else beside everything, else at a point. */
export function whereNext(graph: Graph, type: NodeTypeName, selection: readonly string[], centre: Point): Where {
  const [only] = selection;
  const node = selection.length === 1 ? graph.nodes.find(({ id }) => id === only) : undefined;
  const { role, usable } = factsOf(type);
  if (node && role !== "entry" && role !== "remark" && !isUsed(graph.edges, node.id)) {
    const handle = freeMainHandle(graph.edges, node);
    if (handle !== undefined) return { end: { node: node.id, handle, side: "source" } };
    if (usable && factsOf(node.type).uses) return { end: { node: node.id, handle: usesHandle, side: "source" } };
  }
  const places = placesOf(graph);
  const draft = newNode(type, freeNodeId(type, nodeIds(graph)), centre, undefined);
  const { width, height } = sizeOf(draft);
  const corner = snap({ x: centre.x - width / 2, y: centre.y - height / 2 });
  const frame = role === "entry" ? undefined : frameAt(places, corner);
  return { point: freeSpot(places, frame, draft, corner) };
}
