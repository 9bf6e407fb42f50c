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

/** What is shown of each thing of one kind, kept until something new is known of it. */
export interface Views<View> {
  get: (id: string, make: () => View) => View;
  /** Something new is known: whoever shows it is told. */
  drop: (id: string) => void;
  clear: () => void;
}

export function createViews<View>(kind: string, mark: Bells["mark"]): Views<View> {
  const views = new Map<string, { view: View }>();
  return {
    get: (id, make) => {
      const kept = views.get(id) ?? { view: make() };
      views.set(id, kept);
      return kept.view;
    },
    drop: (id) => {
      views.delete(id);
      mark(`${kind}:${id}`);
    },
    clear: () => views.clear(),
  };
}
