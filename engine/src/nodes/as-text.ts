import type { Json } from "@signalbox/shared/json";

/** A filled-in template where text is wanted: null is nothing, all else that is no text prints as JSON. */
export function asText(value: Json): string {
  return typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);
}
