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

/** How much a value holds: `3 items`, `1 field`. */
export function sizeWords(value: Json): string {
  const size = entriesOf(value).length;
  const word = Array.isArray(value) ? "item" : "field";
  return `${size.toLocaleString("en")} ${word}${size === 1 ? "" : "s"}`;
}
