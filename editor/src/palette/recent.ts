import type { NodeTypeName } from "@signalbox/shared/nodes";

const key = "signalbox.recent-nodes";
let recent: readonly string[] = read();

function read(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored.filter((one) => typeof one === "string").slice(0, 8) : [];
  } catch {
    return [];
  }
}

/** Types of node in the order in which they were last used. */
export function recentTypes(): readonly string[] {
  return recent;
}

/** Remembers that a type was used, here and for the next visit. */
export function rememberType(type: NodeTypeName): void {
  recent = [type, ...recent.filter((one) => one !== type)].slice(0, 8);
  try {
    localStorage.setItem(key, JSON.stringify(recent));
  } catch {
    // storage is closed to us: it is remembered for this page
  }
}
