import type { JsonSchema } from "@signalbox/shared/json";
import { durationPattern } from "@signalbox/shared/nodes";
import type { Read } from "./drafts.ts";

/** A number that the schema takes; nothing at all is no value. */
export function readNumber(text: string, schema: JsonSchema): Read {
  const trimmed = text.trim().replace(",", ".");
  if (trimmed === "") return { value: undefined };
  const value = Number(trimmed);
  if (!Number.isFinite(value)) return { problem: "Write a number." };
  const { type, minimum, maximum, exclusiveMinimum } = schema;
  if (type === "integer" && !Number.isInteger(value)) return { problem: "Write a whole number." };
  if (typeof minimum === "number" && value < minimum) return { problem: `At least ${minimum}.` };
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum)
    return { problem: `More than ${exclusiveMinimum}.` };
  if (typeof maximum === "number" && value > maximum) return { problem: `At most ${maximum}.` };
  return { value };
}

/** A span of time, `30s`; spaces do not matter. */
export function readDuration(text: string): Read {
  const trimmed = text.replaceAll(/\s/g, "").toLowerCase();
  if (trimmed === "") return { value: undefined };
  if (durationPattern.test(trimmed)) return { value: trimmed };
  const unit = /^\d+$/.test(trimmed) ? ` Did you mean ${trimmed}s?` : "";
  return { problem: `Write a whole number and ms, s, m, h or d, as 30s or 5m.${unit}` };
}
