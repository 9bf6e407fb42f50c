import type { EdgeChange, NodeChange } from "@xyflow/react";
import { useDocument } from "../document/store.ts";
import { type Moved, showMoved } from "./live.ts";
import type { ViewEdge, ViewNode } from "./project.ts";

/** Whether a box is being drawn around nodes: it selects nodes alone. */
let boxing = false;

/** A box around nodes has begun or ended. */
export function markBoxing(now: boolean): void {
  boxing = now;
}

/** What people did to nodes through React Flow: selections go to the document, moves are shown until they end. */
export function takeNodeChanges(changes: readonly NodeChange<ViewNode>[]): void {
  const { selection, selectedEdges, select } = useDocument.getState();
  const moved: [string, Moved][] = [];
  const selected = new Set(selection);
  for (const change of changes) {
    if (change.type === "select") mark(selected, change);
    else if (change.type === "position" && change.position) moved.push([change.id, { position: change.position }]);
    else if (change.type === "dimensions" && change.resizing && change.dimensions) {
      moved.push([change.id, { size: change.dimensions }]);
    }
  }
  if (moved.length > 0) showMoved(moved);
  select(sameOrder(selection, selected), selectedEdges);
}

/** The same for edges. */
export function takeEdgeChanges(changes: readonly EdgeChange<ViewEdge>[]): void {
  if (boxing) return;
  const { selection, selectedEdges, select } = useDocument.getState();
  const selected = new Set(selectedEdges);
  for (const change of changes) if (change.type === "select") mark(selected, change);
  select(selection, sameOrder(selectedEdges, selected));
}

function mark(selected: Set<string>, { id, selected: is }: { id: string; selected: boolean }): void {
  if (is) selected.add(id);
  else selected.delete(id);
}

/** What was selected before comes first: the first one is where the keyboard is. */
function sameOrder(before: readonly string[], now: ReadonlySet<string>): readonly string[] {
  const kept = before.filter((id) => now.has(id));
  if (kept.length === before.length && kept.length === now.size) return before;
  return [...kept, ...[...now].filter((id) => !kept.includes(id))];
}
