import type { LaneOutcome } from "@signalbox/shared/run";

/** One mark on the strip of a for-each: an item, or several side by side where there are more than fit. */
export interface Cell {
  /** The first and the last item it stands for. */
  from: number;
  to: number;
  /** What a person most needs to see among them; `pending` has not begun. */
  state: LaneOutcome | "pending";
  /** The item one comes to by pressing it: the first that is in that state. */
  item: number;
}

const loudest: readonly Cell["state"][] = ["failed", "cancelled", "running", "succeeded", "pending"];

/** The items of a list as at most so many marks. */
export function cellsOf(outcomes: readonly (LaneOutcome | undefined)[], items: number, most: number): Cell[] {
  const size = Math.max(1, Math.ceil(items / Math.max(1, most)));
  const cells: Cell[] = [];
  for (let from = 0; from < items; from += size) {
    const to = Math.min(items, from + size) - 1;
    let best = loudest.length;
    let item = from;
    for (let at = from; at <= to; at += 1) {
      const rank = loudest.indexOf(outcomes[at] ?? "pending");
      if (rank >= best) continue;
      best = rank;
      item = at;
    }
    cells.push({ from, to, item, state: loudest[best] ?? "pending" });
  }
  return cells;
}
