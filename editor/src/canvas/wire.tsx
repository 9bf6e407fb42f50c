import type { EdgeProps } from "@xyflow/react";
import { memo, type ReactNode, useEffect, useRef } from "react";
import { useEdgeRun, useNodeRun } from "../run/hooks.ts";
import { edgePath } from "./edge-path.ts";
import { useLive } from "./live.ts";
import { carry } from "./particles.ts";
import type { ViewEdge } from "./project.ts";
import "./wire.css";

/** An edge of the flow: what it has carried is in its look. */
export const Wire = memo(function Wire(props: EdgeProps<ViewEdge>) {
  const { taken, dead, active } = useEdgeRun(props.id);
  const state = active ? "active" : taken > 0 ? "taken" : dead > 0 ? "dead" : "idle";
  const { path, middle } = pathOf(props, false);
  return (
    <Line {...props} path={path} state={state}>
      {props.data?.label ? <Word {...nearStart(props, middle)} text={props.data.label} /> : null}
      {taken > 1 ? <Count x={middle.x} y={middle.y} count={taken} /> : null}
    </Line>
  );
});

/** An edge that lets an agent call what it leads to. */
export const Permission = memo(function Permission(props: EdgeProps<ViewEdge>) {
  const { status, activations } = useNodeRun(props.target);
  const calls = activations.filter(({ by }) => by !== undefined).length;
  const active = calls > 0 && (status === "running" || status === "streaming");
  const { path, middle } = pathOf(props, true);
  return (
    <Line {...props} path={path} state={active ? "active" : calls > 0 ? "taken" : "idle"}>
      {calls > 1 ? <Count x={middle.x} y={middle.y} count={calls} /> : null}
    </Line>
  );
});

function pathOf({ sourceX, sourceY, targetX, targetY }: EdgeProps<ViewEdge>, permission: boolean) {
  return edgePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, permission);
}

/** A word stands where its edge begins, so that several from one node do not lie on each other. */
function nearStart({ sourceX, sourceY, targetX }: EdgeProps<ViewEdge>, middle: { x: number; y: number }) {
  if (targetX < sourceX) return { x: sourceX + 30, y: sourceY - 8 };
  return { x: (sourceX * 2 + middle.x) / 3 + 8, y: sourceY + (middle.y - sourceY) * 0.3 - 6 };
}

interface LineProps extends EdgeProps<ViewEdge> {
  path: string;
  state: "idle" | "taken" | "dead" | "active";
  children: ReactNode;
}

function Line({ id, data, path, state, children }: LineProps) {
  const line = useRef<SVGPathElement>(null);
  const dropping = useLive(({ dropEdge }) => dropEdge === id);
  const active = state === "active";
  useEffect(() => {
    if (active && line.current) return carry(id, line.current, path);
    return undefined;
  }, [active, id, path]);
  return (
    <g
      className="wire"
      data-state={state}
      data-tone={data?.tone}
      data-permission={data?.permission ? "" : undefined}
      data-wrong={data?.wrong ? "" : undefined}
      data-dropping={dropping ? "" : undefined}
    >
      <path className="react-flow__edge-interaction" d={path} fill="none" strokeOpacity={0} strokeWidth={22} />
      <path ref={line} className="react-flow__edge-path" d={path} fill="none" />
      {children}
    </g>
  );
}

function Word({ x, y, text }: { x: number; y: number; text: string }) {
  return (
    <text className="wire-word" x={x} y={y}>
      {text}
    </text>
  );
}

function Count({ x, y, count }: { x: number; y: number; count: number }) {
  const text = `×${count}`;
  const width = 12 + text.length * 7;
  return (
    <g className="wire-count" transform={`translate(${x} ${y})`}>
      <rect x={-width / 2} y={-9} width={width} height={18} rx={9} />
      <text y={0.5}>{text}</text>
    </g>
  );
}
