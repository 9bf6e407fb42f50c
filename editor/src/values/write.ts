import type { Json } from "@signalbox/shared/json";

/** A value as text for people: strings as they are, everything else as JSON; cut where it gets long. */
export function writeValue(value: Json, longest: number): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
