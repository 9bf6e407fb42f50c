import { useSyncExternalStore } from "react";

// Five addresses need no library: the one that fits weighs 11 KB of a page that may weigh 230.

const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("popstate", tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("popstate", tell);
  };
}

/** Goes to an address of this page: `/runs?status=failed`. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const { pathname, search } = window.location;
  if (to === pathname + search) return;
  if (replace) window.history.replaceState(null, "", to);
  else window.history.pushState(null, "", to);
  tell();
}

/** The path of the address. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

/** What stands after the `?` of the address, and how to change it. */
export function useSearch(): [URLSearchParams, (next: URLSearchParams) => void] {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  return [new URLSearchParams(search), replaceSearch];
}

/** Changes what stands after the `?`, without a new entry in the history. */
export function replaceSearch(next: URLSearchParams): void {
  const text = next.toString();
  navigate(`${window.location.pathname}${text === "" ? "" : `?${text}`}`, { replace: true });
}

/** The values of `:name` parts of a pattern in a path; undefined where the path is another one. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.replace(/(.)\/$/, "$1").split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":")) {
      if (value === "") return undefined;
      params[part.slice(1)] = decode(value);
    } else if (part !== value) return undefined;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
