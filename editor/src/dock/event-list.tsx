import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { seekTo } from "../replay/playback.ts";
import { formatClock } from "../run/format.ts";
import { useRunEvents, useRunSummary } from "../run/hooks.ts";

const rowHeight = 22;

/** The log itself; a press shows the run as of that event. */
export function EventList() {
  const events = useRunEvents();
  const summary = useRunSummary();
  const scroller = useRef<HTMLDivElement>(null);
  ("use no memo");
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
  });
  const seq = summary?.seq ?? 0;
  useEffect(() => {
    if (seq > 0) rows.scrollToIndex(seq - 1, { align: "auto" });
  }, [seq, rows]);
  return (
    <div ref={scroller} className="event-list">
      <ol aria-label="Events" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const event = events[index];
          if (!event) return null;
          const subject = "edge" in event ? event.edge : "activation" in event ? event.activation : "";
          return (
            <li key={event.seq} style={{ transform: `translateY(${start}px)` }}>
              <button
                type="button"
                className="event-row mono"
                aria-current={event.seq === seq ? "step" : undefined}
                data-future={event.seq > seq ? "" : undefined}
                onClick={() => seekTo(event.seq)}
              >
                <span className="faint">{event.seq}</span>
                <span className="faint">{formatClock(event.at)}</span>
                <span>{event.type}</span>
                <span className="soft ellipsis">{subject}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
