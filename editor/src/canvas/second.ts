import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const one of listeners) one();
    }, 1000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

const read = () => (listeners.size === 0 ? Date.now() - (Date.now() % 1000) : now);
const silent = () => () => {};

/** The time, a second at a time, while it matters. One clock for all cards. */
export function useSecond(matters: boolean): number {
  return useSyncExternalStore(matters ? subscribe : silent, read);
}
