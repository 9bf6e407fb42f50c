import { type PointerEvent, useEffect, useRef } from "react";

const key = "signalbox.dock-height";
const least = 160;

/** The dock's upper edge: dragged (or moved with the arrow keys) it makes the dock higher or lower. */
export function DockHandle() {
  const handle = useRef<HTMLHRElement>(null);
  useEffect(() => {
    const kept = Number(localStorage.getItem(key));
    if (kept >= least) setHeight(kept);
  }, []);
  const onPointerDown = (event: PointerEvent<HTMLHRElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLHRElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setHeight(window.innerHeight - event.clientY);
  };
  return (
    <hr
      ref={handle}
      className="dock-handle"
      aria-orientation="horizontal"
      aria-label="Height of the run panel"
      aria-valuenow={currentHeight()}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={(event) => {
        const step = event.key === "ArrowUp" ? 24 : event.key === "ArrowDown" ? -24 : 0;
        if (step !== 0) setHeight(currentHeight() + step);
      }}
    />
  );
}

function currentHeight(): number {
  return Number.parseInt(document.documentElement.style.getPropertyValue("--dock-height"), 10) || 300;
}

function setHeight(height: number): void {
  const fits = Math.round(Math.max(least, Math.min(height, window.innerHeight * 0.6)));
  document.documentElement.style.setProperty("--dock-height", `${fits}px`);
  try {
    localStorage.setItem(key, String(fits));
  } catch {
    // storage is closed to us: the height holds for this page
  }
}
