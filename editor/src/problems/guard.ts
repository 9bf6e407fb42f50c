import type { Json } from "@signalbox/shared/json";

/** A field's value in which the reference at a place in one of its texts is asked for before it is taken. */
export function withGuard(
  value: Json | undefined,
  place: readonly string[],
  range: { start: number; end: number },
): Json | undefined {
  const [key, ...rest] = place;
  if (key === undefined) return typeof value === "string" ? guarded(value, range) : value;
  if (Array.isArray(value)) {
    const at = Number(key);
    return value.map((item, index) => (index === at ? (withGuard(item, rest, range) ?? item) : item));
  }
  if (value === null || typeof value !== "object") return value;
  const next = withGuard(value[key], rest, range);
  return next === undefined ? value : { ...value, [key]: next };
}

function guarded(text: string, { start, end }: { start: number; end: number }): string {
  const reference = text.slice(start, end);
  const asked = `has(${reference}) ? ${reference} : ""`;
  // alone between its braces it needs none of its own
  const isAlone = /\{\{\s*$/.test(text.slice(0, start)) && /^\s*\}\}/.test(text.slice(end));
  return text.slice(0, start) + (isAlone || reference === text.trim() ? asked : `(${asked})`) + text.slice(end);
}
