import { type Graph, type GraphNode, isControlEdge, usesHandle } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { create } from "zustand";
import { collapsedSize } from "../nodes/size.ts";
import { framesAround, placesOf } from "./geometry.ts";
import { useDocument } from "./store.ts";

const storagePrefix = "signalbox.collapsed.";
const none: ReadonlySet<string> = new Set();

interface Collapsed {
  /** Whose drawing it is: a workflow's and its runs' are one. */
  of: string | undefined;
  /** Ids of the frames that are drawn small, without what they hold. */
  frames: ReadonlySet<string>;
}

/** How much of the drawing one wants to see. It is each person's own and no part of the drawing, so no undo reaches it. */
export const useCollapsed = create<Collapsed>(() => ({ of: undefined, frames: none }));

/** Remembers frames as collapsed for a drawing from now on, and shows those that were. */
export function openCollapsed(of: string): void {
  useCollapsed.setState({ of, frames: read(of) });
}

/** Draws a frame small, or as large as it is. */
export function setCollapsed(frame: string, collapsed: boolean): void {
  const { of, frames } = useCollapsed.getState();
  if (frames.has(frame) === collapsed) return;
  const next = new Set(frames);
  if (collapsed) next.add(frame);
  else next.delete(frame);
  useCollapsed.setState({ frames: next });
  if (of !== undefined) write(of, next);
  if (collapsed) leaveFrame(frame);
}

/** The frames meant by what is selected: themselves, or else the one that a selected step lies in. */
export function toggleCollapsed(selection: readonly string[]): boolean {
  const { graph } = useDocument.getState();
  const { frames } = useCollapsed.getState();
  const places = placesOf(graph);
  const chosen = selection.flatMap((id) => places.get(id) ?? []);
  const own = chosen.filter(({ node }) => factsOf(node.type).role === "frame").map(({ node }) => node.id);
  const meant = own.length > 0 ? own : chosen.flatMap(({ frame }) => frame ?? []);
  const collapse = meant.some((id) => !frames.has(id));
  for (const id of new Set(meant)) setCollapsed(id, collapse);
  return meant.length > 0;
}

/** What is hidden cannot stay selected: its frame is, in its place. */
function leaveFrame(frame: string): void {
  const { graph, selection, select } = useDocument.getState();
  const places = placesOf(graph);
  const hidden = (id: string) => id !== frame && framesAround(places, id).includes(frame);
  if (selection.some(hidden)) select([frame, ...selection.filter((id) => id !== frame && !hidden(id))]);
}

/** A single node that is selected is one that somebody wants to see, whatever frame hides it. */
useDocument.subscribe(({ selection, graph }, before) => {
  const [only, ...others] = selection;
  if (selection === before.selection || only === undefined || others.length > 0) return;
  for (const frame of framesAround(placesOf(graph), only)) setCollapsed(frame, false);
});

function read(of: string): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storagePrefix + of) ?? "[]");
    return Array.isArray(stored) ? new Set(stored.filter((id) => typeof id === "string")) : none;
  } catch {
    // unreadable, or storage is closed to us: everything is shown
    return none;
  }
}

function write(of: string, frames: ReadonlySet<string>): void {
  try {
    if (frames.size === 0) localStorage.removeItem(storagePrefix + of);
    else localStorage.setItem(storagePrefix + of, JSON.stringify([...frames]));
  } catch {
    // storage is closed to us: it holds for this page
  }
}

let kept: { graph: Graph; frames: ReadonlySet<string>; shown: Graph } | undefined;
const small = new WeakMap<GraphNode, GraphNode>();

/**
 * The drawing as it is seen: without what collapsed frames hold. An edge from inside to outside (what an agent may call
 * can lie further out) begins at the frame instead.
 */
export function shownGraph(graph: Graph, frames: ReadonlySet<string>): Graph {
  if (frames.size === 0) return graph;
  if (kept?.graph === graph && kept.frames === frames) return kept.shown;
  const places = placesOf(graph);
  const standsFor = new Map<string, string>();
  for (const { id } of graph.nodes) {
    const hiding = framesAround(places, id).findLast((frame) => frames.has(frame));
    standsFor.set(id, hiding ?? id);
  }
  const nodes = graph.nodes
    .filter(({ id }) => standsFor.get(id) === id)
    .map((node) => (frames.has(node.id) && factsOf(node.type).role === "frame" ? smallOf(node) : node));
  const edges = graph.edges.flatMap((edge) => {
    const source = standsFor.get(edge.source) ?? edge.source;
    const target = standsFor.get(edge.target) ?? edge.target;
    if (source === edge.source && target === edge.target) return [edge];
    if (source === target) return [];
    const sourceHandle = source === edge.source ? edge.sourceHandle : isControlEdge(edge) ? frameOut : usesHandle;
    return [{ ...edge, source, sourceHandle, target }];
  });
  const shown = { ...graph, nodes, edges };
  kept = { graph, frames, shown };
  return shown;
}

/** The usual way out of every frame. */
const frameOut = "out";

function smallOf(node: GraphNode): GraphNode {
  const made = small.get(node) ?? { ...node, ...collapsedSize };
  small.set(node, made);
  return made;
}

/** The drawing as it is seen now. */
export function shownNow(): Graph {
  return shownGraph(useDocument.getState().graph, useCollapsed.getState().frames);
}

/** The drawing as it is seen. */
export function useShown(): Graph {
  const graph = useDocument((state) => state.graph);
  const frames = useCollapsed((state) => state.frames);
  return shownGraph(graph, frames);
}
