import { inHandle, usesHandle } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { Handle, Position } from "@xyflow/react";
import { Plus } from "lucide-react";
import { useDocument } from "../document/store.ts";
import { titleOf } from "../nodes/cards.ts";
import { handlesOf, mainY, type PlacedHandle, usesX } from "../nodes/size.ts";
import { openPicker } from "./picker-store.ts";
import type { CardData } from "./project.ts";
import "./handles.css";

/** The places of a node where edges begin and end. */
export function Handles({ node, open }: CardData) {
  const { role, uses } = factsOf(node.type);
  const readOnly = useDocument((state) => state.readOnly);
  return (
    <>
      {role === "entry" ? null : (
        <Handle
          type="target"
          position={Position.Left}
          id={inHandle}
          className="handle handle-in"
          style={{ top: mainY }}
        />
      )}
      {handlesOf(node).map((handle) => (
        <Way key={handle.id} node={node} handle={handle} open={!readOnly && open.includes(handle.id)} />
      ))}
      {uses ? (
        <Handle
          type="source"
          position={Position.Bottom}
          id={usesHandle}
          className="handle handle-uses"
          style={{ left: usesX }}
          title="Pull to a tool or another agent: what this agent may call"
        />
      ) : null}
    </>
  );
}

interface WayProps {
  node: CardData["node"];
  handle: PlacedHandle;
  open: boolean;
}

function Way({ node, handle: { id, label, tone, y, row }, open }: WayProps) {
  const side = label !== "" && !row;
  const name = label === "" ? titleOf(node) : `${titleOf(node)}: ${label}`;
  return (
    <>
      <Handle
        type="source"
        position={Position.Right}
        id={id}
        className={side ? "handle handle-side" : "handle handle-out"}
        data-tone={tone}
        style={{ top: y }}
        title={label || undefined}
      />
      {side ? (
        <span className="side-name" style={{ top: y }} aria-hidden="true">
          {label}
        </span>
      ) : null}
      {open ? (
        <button
          type="button"
          className="quick-add nodrag nopan"
          data-side={side ? "" : undefined}
          data-tone={tone}
          style={{ top: y }}
          aria-label={`Add a step after ${name}`}
          title={side ? `${label}: add a step` : "Add a step"}
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            const box = event.currentTarget.getBoundingClientRect();
            openPicker({
              at: { x: box.right + 8, y: box.top - 12 },
              end: { node: node.id, handle: id, side: "source" },
            });
          }}
        >
          <Plus size={12} strokeWidth={2.5} aria-hidden="true" />
        </button>
      ) : null}
    </>
  );
}
