import { isControlEdge } from "@signalbox/shared/graph";
import { EdgeToolbar } from "@xyflow/react";
import { Plus, Trash2 } from "lucide-react";
import { remove } from "../document/commands.ts";
import { useDocument } from "../document/store.ts";
import { leaveEdge, stayOnEdge, useEdgeHover } from "./edge-hover.ts";
import { openPicker } from "./picker-store.ts";
import "./edge-tools.css";

/** On the edge under the pointer: add a step in between, take the edge away. */
export function EdgeTools() {
  const hovered = useEdgeHover(({ edge }) => edge);
  const edge = useDocument(({ graph }) => graph.edges.find(({ id }) => id === hovered?.id));
  if (!hovered || !edge) return null;
  return (
    <EdgeToolbar edgeId={edge.id} x={hovered.x} y={hovered.y} isVisible>
      <div
        className="edge-tools nodrag nopan"
        role="toolbar"
        aria-label="Edge"
        onMouseEnter={stayOnEdge}
        onMouseLeave={leaveEdge}
      >
        {isControlEdge(edge) ? (
          <button
            type="button"
            aria-label="Add a step here"
            title="Add a step here"
            onClick={(event) => {
              const box = event.currentTarget.getBoundingClientRect();
              openPicker({ at: { x: box.left, y: box.bottom + 6 }, edge: edge.id });
            }}
          >
            <Plus size={13} strokeWidth={2.5} />
          </button>
        ) : null}
        <button
          type="button"
          aria-label="Delete this edge"
          title="Delete this edge"
          onClick={() => remove([], [edge.id], "Disconnect")}
        >
          <Trash2 size={12} />
        </button>
      </div>
    </EdgeToolbar>
  );
}
