import type { GraphNode } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import type { NodeProps } from "@xyflow/react";
import { ChevronDown } from "lucide-react";
import { lazy, memo, Suspense } from "react";
import { withHeld } from "../document/commands.ts";
import { setCollapsed } from "../document/shown.ts";
import { useDocument } from "../document/store.ts";
import { lookFor, summaryOf, titleOf } from "../nodes/cards.ts";
import { frameHead, framePad, sizeOf, smallest } from "../nodes/size.ts";
import { StatusMark } from "./card-status.tsx";
import { useFitting } from "./connecting.ts";
import { FindingBadge } from "./finding-badge.tsx";
import { useFrameCounts, useHeldNews } from "./frame-counts.ts";
import { Handles } from "./handles.tsx";
import { useLive } from "./live.ts";
import { LoopMark } from "./loop-mark.tsx";
import type { ViewNode } from "./project.ts";
import { Resize } from "./resize.tsx";
import "./frame-card.css";

const FrameStrip = lazy(() => import("./frame-strip.tsx").then((part) => ({ default: part.FrameStrip })));

/** A step that holds others. Only its head can be taken hold of: inside, one draws as on the open canvas. */
export const FrameCard = memo(function FrameCard({ id, data, selected }: NodeProps<ViewNode>) {
  const { node, collapsed } = data;
  const look = lookFor(node.type);
  const fitting = useFitting(id);
  const dropping = useLive(({ dropFrame }) => dropFrame === id);
  const readOnly = useDocument((state) => state.readOnly);
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
      data-collapsed={collapsed ? "" : undefined}
    >
      <div className="frame-face">
        <FrameHead node={node} collapsed={collapsed} />
        {collapsed ? (
          <Held id={id} />
        ) : (
          <>
            <Suspense>
              <FrameStrip id={id} />
            </Suspense>
            <EmptyHint id={id} />
          </>
        )}
      </div>
      <LoopMark id={id} name={titleOf(node)} isHeader={data.header} />
      <FindingBadge id={id} />
      <Handles {...data} />
      {selected && !readOnly && !collapsed ? <ResizeAround id={id} /> : null}
    </div>
  );
});

function FrameHead({ node, collapsed }: { node: GraphNode; collapsed: boolean }) {
  const { icon: Icon, badge } = lookFor(node.type);
  const title = titleOf(node);
  const { title: type } = factsOf(node.type);
  const name = title === type ? title : `${type} ${title}`;
  const words = badge?.(node.data as never);
  return (
    <div className="frame-head">
      <button
        type="button"
        className="frame-fold nodrag nopan"
        aria-expanded={!collapsed}
        aria-label={collapsed ? `Show what ${title} holds` : `Collapse ${title}`}
        title={collapsed ? "Show what it holds (C)" : "Collapse (C)"}
        tabIndex={-1}
        onClick={() => setCollapsed(node.id, !collapsed)}
      >
        <ChevronDown size={14} aria-hidden="true" />
      </button>
      <span className="chip">
        <Icon size={16} aria-hidden="true" />
      </span>
      <p className="card-title ellipsis">{title}</p>
      {words === undefined || collapsed ? null : (
        <span className="frame-badge ellipsis" title={summaryOf(node)}>
          {words}
        </span>
      )}
      <span className="frame-space" />
      <StatusMark id={node.id} name={name} />
    </div>
  );
}

/** In place of what a collapsed frame hides: how much it is, and how it stands. */
function Held({ id }: { id: string }) {
  const graph = useDocument((state) => state.graph);
  const counts = useFrameCounts(id);
  const held = [...withHeld(graph, [id])].filter((one) => one !== id);
  const news = useHeldNews(held);
  const steps = held.length === 1 ? "1 step" : `${held.length} steps`;
  return <p className="frame-held ellipsis">{[steps, counts, news].filter(Boolean).join(" · ")}</p>;
}

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
