import { useCallback, useSyncExternalStore } from "react";
import { stateLooks } from "../nodes/state.ts";
import { runView } from "../run/hooks.ts";

/** How far a frame's lanes are: `2/3`, `7/12, 1 failed`. Empty while it has not begun. */
export function useFrameCounts(id: string): string {
  const subscribe = useCallback((listener: () => void) => runView.subscribe("run", listener), []);
  const read = useCallback(() => countsOf(id), [id]);
  return useSyncExternalStore(subscribe, read);
}

/** What a person must know of steps that are out of sight: `1 waiting`. */
export function useHeldNews(ids: readonly string[]): string {
  const subscribe = useCallback((listener: () => void) => runView.subscribe("run", listener), []);
  return useSyncExternalStore(subscribe, () => newsOf(ids));
}

const worthSaying = ["waiting", "in_doubt", "retrying", "failed"] as const;

function newsOf(ids: readonly string[]): string {
  const states = ids.map((id) => runView.node(id).status);
  return worthSaying
    .map((state) => ({ state, count: states.filter((one) => one === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${stateLooks[state].word}`)
    .join(" · ");
}

function countsOf(id: string): string {
  const frame = runView.frame(id);
  if (!frame) return "";
  const { succeeded, failed, cancelled } = frame.counts;
  if (frame.kind === "loop") return `pass ${frame.chosen ?? frame.started}`;
  const ended = `${succeeded + failed + cancelled}/${frame.lanes.length}`;
  return failed > 0 ? `${ended}, ${failed} failed` : ended;
}
