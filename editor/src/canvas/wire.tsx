import type { EdgeProps } from "@xyflow/react";
import { memo, type ReactNode, useEffect, useRef } from "react";
import { useEdgeRun, useNodeRun } from "../run/hooks.ts";
import { edgePath } from "./edge-path.ts";
import { useLive } from "./live.ts";
import { carry } from "./particles.ts";
import type { BackWire, ViewEdge } from "./project.ts";
import "./wire.css";

/** An edge of the flow: what it has carried is in its look. */
export const Wire = memo(function Wire(props: EdgeProps<ViewEdge>) {
  const { taken, dead, active } = useEdgeRun(props.id);
  const state = active ? "active" : taken > 0 ? "taken" : dead > 0 ? "dead" : "idle";
  const { path, middle } = pathOf(props, false);
  return (
    <Line {...props} path={path} state={state}>
      {props.data?.label ? <Word {...nearStart(props, middle)} text={props.data.label} /> : null}
      {props.data?.back ? (
        <Around {...middle} back={props.data.back} from={props.sourceX} to={props.targetX} taken={taken} />
      ) : taken > 1 ? (
        <Count x={middle.x} y={middle.y} count={taken} />
      ) : null}
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

function pathOf({ sourceX, sourceY, targetX, targetY, data }: EdgeProps<ViewEdge>, permission: boolean) {
  return edgePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, permission, data?.back?.detour);
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
      data-back={data?.back ? "" : undefined}
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

interface AroundProps {
  x: number;
  y: number;
  from: number;
  to: number;
  back: BackWire;
  taken: number;
}

/** On an edge that leads back: marks of its direction, and how often it was taken, or may be. */
function Around({ x, y, from, to, back, taken }: AroundProps) {
  const text = taken > 0 ? `×${taken}` : `≤ ${back.most}`;
  const width = 30 + text.length * 7;
  const room = Math.abs(from - to) / 2 - width / 2;
  // marks on both sides of the badge, where there is room for them
  const marks = room < 24 ? [] : [x - width / 2 - room / 2, x + width / 2 + room / 2];
  return (
    <g className="wire-around" data-taken={taken > 0 ? "" : undefined}>
      {marks.map((at) => (
        <path key={at} d={`M${at + 3} ${y - 4}l-6 4 6 4`} />
      ))}
      <g transform={`translate(${x} ${y})`}>
        <title>{`Leads back. ${taken > 0 ? `Taken ${taken} times; a` : "A"}t most ${back.most} passes.`}</title>
        <rect x={-width / 2} y={-10} width={width} height={20} rx={10} />
        <path d={loopGlyph} transform={`translate(${7 - width / 2} -6) scale(0.5)`} />
        <text x={8} y={0.5}>
          {text}
        </text>
      </g>
    </g>
  );
}

/** An arrow that turns back, in a box of 24. */
const loopGlyph = "M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5";
