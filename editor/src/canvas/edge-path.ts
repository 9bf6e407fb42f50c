import { getBezierPath, getSmoothStepPath, Position } from "@xyflow/react";
import { cornersOf } from "../document/detour.ts";
import type { Point } from "../document/geometry.ts";

const radius = 12;

/**
 * The line of an edge, with its middle. Forward it bends softly; one that leads back to the head of a loop passes at
 * `detour` what lies between.
 */
export function edgePath(
  from: Point,
  to: Point,
  permission: boolean,
  detour?: number,
): { path: string; middle: Point } {
  if (detour !== undefined) {
    return { path: rounded(cornersOf(from, to, detour)), middle: { x: (from.x + to.x) / 2, y: detour } };
  }
  const ends = { sourceX: from.x, sourceY: from.y, targetX: to.x, targetY: to.y, targetPosition: Position.Left };
  const [path, x, y] = permission
    ? getSmoothStepPath({ ...ends, sourcePosition: Position.Bottom, borderRadius: 10, offset: 16 })
    : to.x - from.x < -24
      ? getSmoothStepPath({ ...ends, sourcePosition: Position.Right, borderRadius: 14, offset: 26 })
      : getBezierPath({ ...ends, sourcePosition: Position.Right, curvature: 0.3 });
  return { path, middle: { x, y } };
}

/** A line through corners, each of them rounded as far as there is room. */
function rounded([first, ...corners]: readonly Point[]): string {
  if (!first) return "";
  let path = `M${first.x} ${first.y}`;
  let before = first;
  for (const [index, corner] of corners.entries()) {
    const next = corners[index + 1];
    if (!next) {
      path += `L${corner.x} ${corner.y}`;
      break;
    }
    const bend = Math.min(radius, distance(before, corner) / 2, distance(corner, next) / 2);
    const [start, end] = [towards(corner, before, bend), towards(corner, next, bend)];
    path += `L${start.x} ${start.y}Q${corner.x} ${corner.y} ${end.x} ${end.y}`;
    before = corner;
  }
  return path;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const whole = distance(from, to);
  return whole === 0
    ? from
    : { x: from.x + ((to.x - from.x) * by) / whole, y: from.y + ((to.y - from.y) * by) / whole };
}
