import type { Json, JsonObject } from "@signalbox/shared/json";

/** Gives one key of an object another name; everything stays in its order. */
export function renameKey(map: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key === from ? to : key, value]));
}

/** An object without one key. */
export function withoutKey(map: JsonObject, gone: string): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== gone));
}

/** A name that the object has not yet: `value`, `value_2`, … */
export function freeKey(map: JsonObject, word: string): string {
  if (!Object.hasOwn(map, word)) return word;
  for (let count = 2; ; count += 1) if (!Object.hasOwn(map, `${word}_${count}`)) return `${word}_${count}`;
}

/** A list in which one item has changed its place. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return [...items];
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** Why a key cannot have this name. */
export function keyProblem(map: JsonObject, key: string, name: string): string | undefined {
  if (name.trim() === "") return "Give it a name.";
  return name !== key && Object.hasOwn(map, name) ? `There is another "${name}".` : undefined;
}

/** How a value is written by hand: as text, as named values, or as JSON. */
export type Writing = "text" | "fields" | "json";

/** The way of writing in which a value is shown. */
export function writingOf(value: Json | undefined): Writing {
  if (value === undefined || typeof value === "string") return "text";
  return value !== null && typeof value === "object" && !Array.isArray(value) ? "fields" : "json";
}

/** A value for another way of writing, nothing lost. */
export function rewritten(value: Json | undefined, to: Writing): Json | undefined {
  const from = writingOf(value);
  if (from === to || value === undefined) return to === "fields" ? (value ?? {}) : value;
  if (to === "text") return onlyText(value) ?? JSON.stringify(value);
  if (to === "json") return value;
  const read = typeof value === "string" ? objectIn(value) : undefined;
  return read ?? { value };
}

/** `{ value: "text" }` is the text it was made of. */
function onlyText(value: Json): string | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const [first] = entries;
  if (!first) return "";
  return entries.length === 1 && first[0] === "value" && typeof first[1] === "string" ? first[1] : undefined;
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return writingOf(value) === "fields" ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
