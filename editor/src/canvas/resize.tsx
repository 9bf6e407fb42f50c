import { NodeResizeControl, ResizeControlVariant } from "@xyflow/react";
import { move } from "../document/commands.ts";
import { useDocument } from "../document/store.ts";
import { endMoved } from "./live.ts";

interface ResizeProps {
  id: string;
  smallest: { width: number; height: number };
}

const edges = ["right", "bottom"] as const;

/** Where a frame or a note can be taken to make it larger: its right and lower edge, and the corner between them. */
export function Resize({ id, smallest }: ResizeProps) {
  const position = useDocument(({ graph }) => graph.nodes.find((node) => node.id === id)?.position);
  if (!position) return null;
  const end = (_event: unknown, { width, height }: { width: number; height: number }) => {
    move([{ id, position, width: Math.round(width), height: Math.round(height) }], "Resize");
    endMoved();
  };
  const common = { nodeId: id, minWidth: smallest.width, minHeight: smallest.height, onResizeEnd: end };
  return (
    <>
      {edges.map((edge) => (
        <NodeResizeControl
          key={edge}
          {...common}
          position={edge}
          variant={ResizeControlVariant.Line}
          className="resize-line"
        />
      ))}
      <NodeResizeControl {...common} position="bottom-right" className="resize-corner">
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
          <path d="M9 1 1 9M9 5 5 9" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
      </NodeResizeControl>
    </>
  );
}
