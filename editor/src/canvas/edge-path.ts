import { getBezierPath, getSmoothStepPath, Position } from "@xyflow/react";
import type { Point } from "../document/geometry.ts";

/** The line of an edge, with its middle. Forward it bends softly; back it goes around in right angles. */
export function edgePath(from: Point, to: Point, permission: boolean): { path: string; middle: Point } {
  const ends = { sourceX: from.x, sourceY: from.y, targetX: to.x, targetY: to.y, targetPosition: Position.Left };
  const [path, x, y] = permission
    ? getSmoothStepPath({ ...ends, sourcePosition: Position.Bottom, borderRadius: 10, offset: 16 })
    : to.x - from.x < -24
      ? getSmoothStepPath({ ...ends, sourcePosition: Position.Right, borderRadius: 14, offset: 26 })
      : getBezierPath({ ...ends, sourcePosition: Position.Right, curvature: 0.3 });
  return { path, middle: { x, y } };
}
