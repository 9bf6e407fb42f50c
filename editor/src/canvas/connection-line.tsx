import { usesHandle } from "@signalbox/shared/graph";
import type { ConnectionLineComponentProps } from "@xyflow/react";
import { placesOf, sourcePoint, targetPoint } from "../document/geometry.ts";
import { useShown } from "../document/shown.ts";
import { useDocument } from "../document/store.ts";
import { wireProblem } from "../document/wires.ts";
import { useConnecting } from "./connecting.ts";
import { edgePath } from "./edge-path.ts";
import { nodeAt, wireOnto } from "./hit.ts";
import type { ViewNode } from "./project.ts";

/** The wire that is being pulled. Over a node it lies where it would end; where it cannot end, it says why. */
export function ConnectionLine({ fromX, fromY, toX, toY, toHandle }: ConnectionLineComponentProps<ViewNode>) {
  const graph = useDocument((state) => state.graph);
  const from = useConnecting((state) => state.from);
  const edge = useConnecting((state) => state.edge);
  const places = placesOf(useShown());
  if (!from) return null;
  const pointer = { x: toX, y: toY };
  const hit = toHandle ? places.get(toHandle.nodeId) : nodeAt(places, pointer, from.node);
  const wire = hit && hit.node.id !== from.node ? wireOnto(graph, from, hit.node.id) : undefined;
  const problem = wire && wireProblem(graph, wire, edge);
  const fits = wire !== undefined && problem === undefined;
  const end = fits && hit ? (from.side === "source" ? targetPoint(hit) : sourcePoint(hit, wire.sourceHandle)) : pointer;
  const start = { x: fromX, y: fromY };
  const permission = from.handle === usesHandle;
  const { path } = from.side === "source" ? edgePath(start, end, permission) : edgePath(end, start, false);
  return (
    <g
      className="pulled"
      data-fits={hit ? (fits ? "yes" : "no") : undefined}
      data-permission={permission ? "" : undefined}
    >
      <path className="react-flow__connection-path" d={path} fill="none" />
      <circle cx={end.x} cy={end.y} r={4} fill="var(--accent)" />
      {problem === undefined ? null : (
        <foreignObject x={toX + 12} y={toY + 12} width={300} height={60}>
          <p className="pulled-why">{problem}</p>
        </foreignObject>
      )}
    </g>
  );
}
