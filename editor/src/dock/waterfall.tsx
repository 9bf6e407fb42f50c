import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight } from "lucide-react";
import { useRef, useState } from "react";
import { useDocument } from "../document/store.ts";
import { formatMs, isOpenStatus } from "../run/format.ts";
import { runView, useRunSummary } from "../run/hooks.ts";
import { lookAt } from "../run/look-at.ts";
import { useNow } from "../run/now.ts";
import { barsOf, type Turned } from "./bars.ts";

const rowHeight = 24;

/** Every activation as a bar on the run's time; a press selects its node. */
export function Waterfall() {
  const summary = useRunSummary();
  const selection = useDocument(({ selection: ids }) => ids);
  const select = useDocument((state) => state.select);
  const scroller = useRef<HTMLDivElement>(null);
  const run = runView.shown();
  const lastEvent = runView.events().at((summary?.seq ?? 0) - 1);
  const goesOn = summary !== undefined && isOpenStatus(summary.status) && summary.mode === "live";
  const clock = useNow(goesOn);
  const last = lastEvent ? Date.parse(lastEvent.at) : 0;
  const [turned, setTurned] = useState<Turned>(new Set());
  const { bars, total } = run ? barsOf(run, goesOn ? Math.max(last, clock) : last, turned) : { bars: [], total: 1 };
  const turn = (key: string) => setTurned((before) => before.symmetricDifference(new Set([key])));
  // the compiler must not keep the virtual rows: they change with scrolling alone
  ("use no memo");
  const rows = useVirtualizer({
    count: bars.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  if (bars.length === 0) return <p className="dock-empty">Nothing has begun at this moment of the run.</p>;
  return (
    <div ref={scroller} className="waterfall">
      <ul aria-label="Activations, by frame and pass" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const bar = bars[index];
          if (!bar) return null;
          const { key, node, scope, name, depth, status, from, to, tokens, open } = bar;
          const isLane = key.startsWith("lane ");
          return (
            <li key={key} style={{ transform: `translateY(${start}px)` }}>
              {open === undefined ? null : (
                <button
                  type="button"
                  className="bar-turn"
                  style={{ left: depth * 12 }}
                  aria-expanded={open}
                  aria-label={`What ${name} holds`}
                  onClick={() => turn(key)}
                >
                  <ChevronRight size={12} aria-hidden="true" />
                </button>
              )}
              <button
                type="button"
                className="bar-row"
                aria-pressed={!isLane && selection.includes(node)}
                title={`${key}: ${status}, ${formatMs(to - from)}`}
                onClick={() => {
                  lookAt(scope);
                  select([node]);
                }}
              >
                <span className="bar-name" data-lane={isLane ? "" : undefined} style={{ paddingLeft: 8 + depth * 12 }}>
                  {name}
                </span>
                <span className="bar-track">
                  <i
                    data-state={status}
                    style={{
                      left: `${(from / total) * 100}%`,
                      width: `${Math.max(0.4, ((to - from) / total) * 100)}%`,
                    }}
                  />
                </span>
                <span className="bar-figure mono">{formatMs(to - from)}</span>
                <span className="bar-figure bar-tokens mono faint">
                  {tokens > 0 ? `${tokens.toLocaleString("en")} tok` : ""}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
