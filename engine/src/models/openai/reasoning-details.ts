import type { Json } from "@signalbox/shared/json";
import { fieldsOf, jsonOf } from "../provider/fields.ts";

const GROWING = new Set(["text", "summary", "data"]);

/**
 * OpenRouter's `reasoning_details` come in pieces and are wanted back whole and in order: pieces of one index and type
 * become one entry, whose texts grow and whose other fields are the last ones that said something.
 */
export function mergeReasoningDetails(before: Json[], pieces: readonly unknown[]): Json[] {
  const details = [...before];
  for (const piece of pieces) {
    const next = fieldsOf(jsonOf(piece));
    const last = fieldsOf(details.at(-1));
    const grows = details.length > 0 && last.type === next.type && last.index === next.index;
    if (grows) details[details.length - 1] = grown(last, next);
    else details.push(jsonOf(piece));
  }
  return details;
}

function grown(last: { readonly [key: string]: unknown }, next: { readonly [key: string]: unknown }): Json {
  const entries = Object.entries(next).map(([key, value]) => {
    const before = last[key];
    if (value === null) return [key, before ?? null];
    return [key, GROWING.has(key) && typeof before === "string" && typeof value === "string" ? before + value : value];
  });
  return jsonOf({ ...last, ...Object.fromEntries(entries) });
}
