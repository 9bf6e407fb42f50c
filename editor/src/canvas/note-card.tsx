import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useDocument } from "../document/store.ts";
import { smallest } from "../nodes/size.ts";
import { Markdown } from "../ui/markdown.tsx";
import type { ViewNode } from "./project.ts";
import { Resize } from "./resize.tsx";
import "./note-card.css";

/** Words on the canvas, as on a sticky note. */
export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<ViewNode>) {
  const own = data.node.data;
  const readOnly = useDocument((state) => state.readOnly);
  const text = "text" in own && own.text !== undefined ? own.text : "";
  const color = "color" in own && own.color !== undefined ? own.color : "yellow";
  return (
    <div className="note" data-card="" data-color={color} data-selected={selected ? "" : undefined}>
      <div className="note-text">
        <Markdown text={text} />
      </div>
      {selected && !readOnly ? <Resize id={id} smallest={smallest} /> : null}
    </div>
  );
});
