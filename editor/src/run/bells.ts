/** Listeners by key, rung together once a frame for all keys that were marked since. */
export interface Bells {
  subscribe: (key: string, listener: () => void) => () => void;
  mark: (key: string) => void;
}

/** `later` runs its argument once, soon. */
export function createBells(later: (flush: () => void) => void): Bells {
  const listeners = new Map<string, Set<() => void>>();
  const marked = new Set<string>();
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    const keys = [...marked];
    marked.clear();
    for (const key of keys) for (const listener of listeners.get(key) ?? []) listener();
  }

  return {
    subscribe: (key, listener) => {
      const all = listeners.get(key) ?? new Set();
      listeners.set(key, all);
      all.add(listener);
      return () => {
        all.delete(listener);
        if (all.size === 0 && listeners.get(key) === all) listeners.delete(key);
      };
    },
    mark: (key) => {
      marked.add(key);
      if (scheduled) return;
      scheduled = true;
      later(flush);
    },
  };
}
