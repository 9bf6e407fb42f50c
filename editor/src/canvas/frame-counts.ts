import { useCallback, useSyncExternalStore } from "react";
import { runView } from "../run/hooks.ts";

/** How far a frame's lanes are: `2/3`, `7/12, 1 failed`. Empty while it has not begun. */
export function useFrameCounts(id: string): string {
  const subscribe = useCallback((listener: () => void) => runView.subscribe("run", listener), []);
  const read = useCallback(() => countsOf(id), [id]);
  return useSyncExternalStore(subscribe, read);
}

function countsOf(id: string): string {
  const frame = runView.frame(id);
  if (!frame) return "";
  const { succeeded, failed, cancelled } = frame.counts;
  if (frame.kind === "loop") return `pass ${frame.chosen ?? frame.started}`;
  const ended = `${succeeded + failed + cancelled}/${frame.lanes.length}`;
  return failed > 0 ? `${ended}, ${failed} failed` : ended;
}
