import type { Workflow } from "@signalbox/shared/api";
import type { Graph } from "@signalbox/shared/graph";
import { create } from "zustand";
import { type History, noHistory, record, travel } from "./history.ts";

/** Whether what is on the screen is what the engine has. */
type Saved = "saved" | "unsaved" | "saving" | "failed" | "conflict";

/** An empty drawing, until one is opened. */
const emptyGraph: Graph = { format: "signalbox.graph/1", name: "Untitled", nodes: [], edges: [] };

interface DocumentState {
  graph: Graph;
  workflowId: string | undefined;
  key: string;
  revision: number;
  publishedVersion: number | null;
  history: History;
  saved: Saved;
  /** A past run's graph is only looked at. */
  readOnly: boolean;
  /** Ids of the selected nodes. */
  selection: readonly string[];
  selectedEdges: readonly string[];
  /** Which field of the selected node a finding led to. */
  focusPath: string | undefined;

  open: (workflow: Workflow) => void;
  /** Shows a graph that is not to be changed. */
  show: (graph: Graph) => void;
  close: () => void;
  /** The one way to change the graph. `change` gives back the same object where nothing is to be changed. */
  change: (label: string, change: (graph: Graph) => Graph, options?: { group?: string }) => void;
  undo: () => void;
  redo: () => void;
  select: (nodes: readonly string[], edges?: readonly string[]) => void;
  focusField: (nodeId: string, path: string | undefined) => void;
  markSaved: (saved: Saved, facts?: Partial<Pick<DocumentState, "revision" | "publishedVersion" | "key">>) => void;
}

const nothing: readonly string[] = [];

/** The open workflow: the only source of what is drawn. */
export const useDocument = create<DocumentState>((set, get) => {
  const go = (direction: "undo" | "redo") => {
    const { graph, history, readOnly, saved } = get();
    const gone = readOnly ? undefined : travel(graph, history, direction);
    if (!gone) return;
    set({ graph: gone.graph, history: gone.history, saved: changed(saved), ...keptSelection(get(), gone.graph) });
  };
  return {
    graph: emptyGraph,
    workflowId: undefined,
    key: "",
    revision: 0,
    publishedVersion: null,
    history: noHistory,
    saved: "saved",
    readOnly: false,
    selection: nothing,
    selectedEdges: nothing,
    focusPath: undefined,

    open: ({ id, key, revision, graph, publishedVersion }) =>
      set({
        graph,
        workflowId: id,
        key,
        revision,
        publishedVersion,
        history: noHistory,
        saved: "saved",
        readOnly: false,
        selection: nothing,
        selectedEdges: nothing,
        focusPath: undefined,
      }),
    show: (graph) =>
      set({
        graph,
        workflowId: undefined,
        history: noHistory,
        saved: "saved",
        readOnly: true,
        selection: nothing,
        selectedEdges: nothing,
        focusPath: undefined,
      }),
    close: () =>
      set({ graph: emptyGraph, workflowId: undefined, history: noHistory, saved: "saved", selection: nothing }),
    change: (label, change, { group } = {}) => {
      const { graph, history, readOnly, saved } = get();
      if (readOnly) return;
      const next = change(graph);
      const recorded = record(history, graph, next, { label, group, at: Date.now() });
      if (!recorded) return;
      set({ graph: next, history: recorded, saved: changed(saved), ...keptSelection(get(), next) });
    },
    undo: () => go("undo"),
    redo: () => go("redo"),
    select: (nodes, edges = nothing) => {
      const now = get();
      if (sameIds(now.selection, nodes) && sameIds(now.selectedEdges, edges)) return;
      set({ selection: nodes, selectedEdges: edges, focusPath: undefined });
    },
    focusField: (nodeId, path) => set({ selection: [nodeId], selectedEdges: nothing, focusPath: path }),
    markSaved: (saved, facts = {}) => set({ saved, ...facts }),
  };
});

/** A change is to be saved; while a conflict is open, only after it is decided. */
function changed(saved: Saved): Saved {
  return saved === "conflict" ? saved : "unsaved";
}

/** What is gone cannot stay selected. The same arrays while nothing is gone, so that nobody is told in vain. */
function keptSelection(
  { selection, selectedEdges }: Pick<DocumentState, "selection" | "selectedEdges">,
  graph: Graph,
): Pick<DocumentState, "selection" | "selectedEdges"> {
  const nodes = new Set(graph.nodes.map(({ id }) => id));
  const edges = new Set(graph.edges.map(({ id }) => id));
  return {
    selection: selection.every((id) => nodes.has(id)) ? selection : selection.filter((id) => nodes.has(id)),
    selectedEdges: selectedEdges.every((id) => edges.has(id))
      ? selectedEdges
      : selectedEdges.filter((id) => edges.has(id)),
  };
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
