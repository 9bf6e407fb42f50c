import type { KeyboardEvent } from "react";
import { type FrameRunView, runView } from "../run/hooks.ts";
import { laneFrom } from "../run/passes.ts";
import { type Cell, cellsOf } from "./cells.ts";

interface ItemStripProps {
  id: string;
  name: string;
  frame: FrameRunView;
  /** How wide the frame is drawn. */
  width: number;
}

/** What stands beside the cells. */
const beside = 250;
/** A cell with the space after it. */
const cellWidth = 6;

const words: Record<Cell["state"], string> = {
  running: "running",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "cancelled",
  pending: "not begun",
};

/**
 * The items of a for-each as cells: told apart by height and fill, not by colour alone. One control for the keyboard,
 * however many items there are: arrows go from item to item, Escape back to all of them.
 */
export function ItemStrip({ id, name, frame, width }: ItemStripProps) {
  const { lanes, outcomes, chosen } = frame;
  const cells = cellsOf(outcomes, lanes.length, Math.floor((width - beside) / cellWidth));
  const at = chosen === undefined ? undefined : Number(chosen);
  const choose = (lane: string | undefined) => runView.choose(id, lane);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keyed(event.key, frame);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    choose(to.lane);
  };
  return (
    <div
      className="item-cells nodrag nopan"
      role="slider"
      tabIndex={0}
      aria-label={`Item of ${name}`}
      aria-valuemin={0}
      aria-valuemax={lanes.length}
      aria-valuenow={at === undefined ? 0 : at + 1}
      aria-valuetext={
        at === undefined
          ? "All items"
          : `Item ${(at + 1).toLocaleString("en")} of ${lanes.length.toLocaleString("en")}, ${words[outcomes[at] ?? "pending"]}`
      }
      onKeyDown={onKeyDown}
      // what is selected stays so: one may look at the items of one node inside
      onClick={(event) => event.stopPropagation()}
    >
      {cells.map(({ from, to, item, state }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the strip around it has the keys
        <i
          key={from}
          data-state={state}
          data-chosen={at !== undefined && at >= from && at <= to ? "" : undefined}
          title={from === to ? `Item ${from + 1}: ${words[state]}` : `Items ${from + 1} to ${to + 1}: ${words[state]}`}
          onClick={() => choose(item === at ? undefined : String(item))}
        />
      ))}
    </div>
  );
}

/** Where a key leads; undefined where it means nothing here. */
function keyed(key: string, frame: FrameRunView): { lane: string | undefined } | undefined {
  const last = frame.lanes.length - 1;
  const page = Math.max(2, Math.ceil(frame.lanes.length / 20));
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return { lane: laneFrom(frame, 1) };
    case "ArrowLeft":
    case "ArrowDown":
      return { lane: laneFrom(frame, -1) };
    case "PageUp":
      return { lane: String(Math.min(last, Number(frame.chosen ?? -1) + page)) };
    case "PageDown":
      return { lane: String(Math.max(0, Number(frame.chosen ?? last + 1) - page)) };
    case "Home":
      return { lane: "0" };
    case "End":
      return { lane: String(last) };
    case "Escape":
      return { lane: undefined };
    default:
      return undefined;
  }
}
