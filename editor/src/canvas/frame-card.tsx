import { factsOf } from "@signalbox/shared/nodes";
import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useDocument } from "../document/store.ts";
import { lookFor, summaryOf, titleOf } from "../nodes/cards.ts";
import { frameHead, framePad, sizeOf, smallest } from "../nodes/size.ts";
import { StatusMark } from "./card-status.tsx";
import { useFitting } from "./connecting.ts";
import { FindingBadge } from "./finding-badge.tsx";
import { useFrameCounts } from "./frame-counts.ts";
import { Handles } from "./handles.tsx";
import { useLive } from "./live.ts";
import type { ViewNode } from "./project.ts";
import { Resize } from "./resize.tsx";
import "./frame-card.css";

/** A step that holds others. Only its head can be taken hold of: inside, one draws as on the open canvas. */
export const FrameCard = memo(function FrameCard({ id, data, selected }: NodeProps<ViewNode>) {
  const { node } = data;
  const look = lookFor(node.type);
  const title = titleOf(node);
  const { title: type } = factsOf(node.type);
  const fitting = useFitting(id);
  const dropping = useLive(({ dropFrame }) => dropFrame === id);
  const readOnly = useDocument((state) => state.readOnly);
  const counts = useFrameCounts(id);
  const badge = look.badge?.(node.data as never);
  const Icon = look.icon;
  return (
    <div
      className="card frame"
      data-card=""
      data-kind={look.kind}
      data-shape={look.shape}
      data-type={node.type}
      data-selected={selected ? "" : undefined}
      data-fitting={fitting}
      data-dropping={dropping ? "" : undefined}
    >
      <div className="frame-face">
        <div className="frame-head">
          <span className="chip">
            <Icon size={16} aria-hidden="true" />
          </span>
          <p className="card-title ellipsis">{title}</p>
          {badge === undefined ? null : (
            <span className="frame-badge ellipsis" title={summaryOf(node)}>
              {badge}
            </span>
          )}
          <span className="frame-space" />
          {counts === "" ? null : <span className="frame-counts">{counts}</span>}
          <StatusMark id={id} name={title === type ? title : `${type} ${title}`} />
        </div>
        <EmptyHint id={id} />
      </div>
      <FindingBadge id={id} />
      <Handles {...data} />
      {selected && !readOnly ? <ResizeAround id={id} /> : null}
    </div>
  );
});

function EmptyHint({ id }: { id: string }) {
  const empty = useDocument(({ graph }) => !graph.nodes.some(({ parentId }) => parentId === id));
  return empty ? <p className="frame-empty">Drop steps here</p> : null;
}

/** A frame is never made smaller than what it holds. */
function ResizeAround({ id }: { id: string }) {
  const nodes = useDocument(({ graph }) => graph.nodes);
  const held = nodes.filter(({ parentId }) => parentId === id);
  const width = Math.max(320, ...held.map((node) => node.position.x + sizeOf(node).width + framePad));
  const height = Math.max(
    frameHead + smallest.height,
    ...held.map((node) => node.position.y + sizeOf(node).height + framePad),
  );
  return <Resize id={id} smallest={{ width, height }} />;
}
