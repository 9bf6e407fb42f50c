import type { Json } from "@signalbox/shared/json";

/** One line of a tree. */
export interface Entry {
  name: string;
  value: Json;
}

type Container = Json[] | { [key: string]: Json };

/** Whether a value holds others. */
export function isContainer(value: Json): value is Container {
  return value !== null && typeof value === "object";
}

/** What a value holds, in order. */
export function entriesOf(value: Json): Entry[] {
  if (Array.isArray(value)) return value.map((item, index) => ({ name: String(index), value: item }));
  return isContainer(value) ? Object.entries(value).map(([name, item]) => ({ name, value: item })) : [];
}

/** Whether a line is open before anyone has touched it: near the top, and where it is short. */
export function opensAtFirst(value: Json, depth: number): boolean {
  const size = isContainer(value) ? entriesOf(value).length : 0;
  return size <= 3 || (depth < 2 && size <= 12);
}

/** The beginning of what a closed line holds: `id: 3, name: "Row 3", …`. Its cost does not grow with the value. */
export function glance(value: Json): string {
  const entries = entriesOf(Array.isArray(value) ? value.slice(0, 4) : value).slice(0, 4);
  const parts = entries.slice(0, 3).map(({ name, value: item }) => {
    const said = isContainer(item) ? (Array.isArray(item) ? "[…]" : "{…}") : shortLeaf(item);
    return Array.isArray(value) ? said : `${name}: ${said}`;
  });
  return [...parts, ...(entries.length > 3 ? ["…"] : [])].join(", ");
}

function shortLeaf(value: Json): string {
  const text = JSON.stringify(typeof value === "string" ? value.slice(0, 24) : value);
  return typeof value === "string" && value.length > 24 ? `${text.slice(0, -1)}…"` : text;
}

/** How much a value holds: `3 items`, `1 field`. */
export function sizeWords(value: Json): string {
  const size = entriesOf(value).length;
  const word = Array.isArray(value) ? "item" : "field";
  return `${size.toLocaleString("en")} ${word}${size === 1 ? "" : "s"}`;
}
