import { type Graph, isControlEdge } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { type ReactFlowInstance, useOnViewportChange } from "@xyflow/react";
import { type PointerEvent, useEffect, useRef } from "react";
import { boundsOf, placesOf, type Rect, sourcePoint, targetPoint } from "../document/geometry.ts";
import { useShown } from "../document/shown.ts";
import { runView } from "../run/hooks.ts";
import type { ViewEdge, ViewNode } from "./project.ts";

const size = { width: 184, height: 116 };
const margin = 8;

/** The whole drawing in small, with the state of each node; it is drawn anew only when one of them changes. */
export function Minimap({ flow }: { flow: ReactFlowInstance<ViewNode, ViewEdge> }) {
  const { nodes, edges } = useShown();
  const layer = useRef<HTMLCanvasElement>(null);
  const seen = useRef<HTMLDivElement>(null);
  const bounds = boundsOf([...placesOf({ nodes }).values()].map(({ rect }) => rect));
  const scale = Math.min((size.width - margin * 2) / bounds.width, (size.height - margin * 2) / bounds.height);
  const origin = {
    x: (size.width - bounds.width * scale) / 2 - bounds.x * scale,
    y: (size.height - bounds.height * scale) / 2 - bounds.y * scale,
  };

  useEffect(() => {
    const paint = () => {
      if (layer.current) paintOverview(layer.current, { nodes, edges }, scale, origin);
    };
    paint();
    return runView.subscribe("run", paint);
  });

  const showSeen = () => {
    const box = layer.current?.closest(".canvas");
    if (!box || !seen.current) return;
    const { x, y, zoom } = flow.getViewport();
    const view: Rect = { x: -x / zoom, y: -y / zoom, width: box.clientWidth / zoom, height: box.clientHeight / zoom };
    Object.assign(seen.current.style, {
      transform: `translate(${origin.x + view.x * scale}px, ${origin.y + view.y * scale}px)`,
      width: `${view.width * scale}px`,
      height: `${view.height * scale}px`,
    });
  };
  useEffect(showSeen);
  useOnViewportChange({ onChange: showSeen });

  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.left - origin.x) / scale;
    const y = (event.clientY - box.top - origin.y) / scale;
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <div
      className="minimap"
      style={size}
      role="img"
      aria-label="Overview of the drawing"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    >
      <canvas ref={layer} style={size} />
      <div ref={seen} className="minimap-seen" />
    </div>
  );
}

type Drawing = Pick<Graph, "nodes" | "edges">;

const tints: Record<string, string> = {
  running: "--state-running",
  streaming: "--state-running",
  waiting: "--state-waiting",
  in_doubt: "--state-waiting",
  retrying: "--state-waiting",
  succeeded: "--state-succeeded",
  failed: "--state-failed",
  reused: "--state-reused",
};

function paintOverview(
  layer: HTMLCanvasElement,
  { nodes, edges }: Drawing,
  scale: number,
  origin: { x: number; y: number },
) {
  const pen = layer.getContext("2d");
  if (!pen) return;
  const ratio = Math.min(2, devicePixelRatio);
  layer.width = size.width * ratio;
  layer.height = size.height * ratio;
  pen.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * origin.x, ratio * origin.y);
  // a custom property's own text may be light-dark(…), which a canvas cannot read: let a style compute it
  const style = getComputedStyle(layer);
  const colour = (name: string) => {
    layer.style.color = `var(${name})`;
    return style.color;
  };
  const places = placesOf({ nodes });
  pen.strokeStyle = colour("--slate-8");
  pen.lineWidth = 1 / scale;
  pen.beginPath();
  for (const edge of edges) {
    const source = places.get(edge.source);
    const target = places.get(edge.target);
    if (!source || !target || !isControlEdge(edge)) continue;
    const from = sourcePoint(source, edge.sourceHandle);
    const to = targetPoint(target);
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
  }
  pen.stroke();
  const plain = colour("--slate-8");
  const computed = new Map<string, string>();
  for (const { node, rect } of [...places.values()].sort((a, b) => a.depth - b.depth)) {
    const tint = tints[runView.node(node.id).status];
    if (tint !== undefined && !computed.has(tint)) computed.set(tint, colour(tint));
    const fill = (tint === undefined ? undefined : computed.get(tint)) ?? plain;
    pen.fillStyle = fill;
    pen.strokeStyle = fill;
    pen.beginPath();
    pen.roundRect(rect.x, rect.y, rect.width, rect.height, 16);
    const { role } = factsOf(node.type);
    if (role === "frame") pen.stroke();
    else {
      pen.globalAlpha = role === "remark" ? 0.35 : 1;
      pen.fill();
      pen.globalAlpha = 1;
    }
  }
  layer.style.color = "";
}
