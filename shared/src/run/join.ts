import type { Join } from "../nodes/index.ts";
import type { Arrivals } from "./state.ts";

/** Whether a join that this many edges lead into opens, can no longer open, or waits. */
export function joinVerdict(join: Join, edges: number, { taken, dead }: Arrivals): "run" | "skip" | "wait" {
  if (join === "all") return taken + dead < edges ? "wait" : taken > 0 ? "run" : "skip";
  const wanted = join === "any" ? 1 : join.count;
  if (taken >= wanted) return "run";
  return edges - dead < wanted ? "skip" : "wait";
}
