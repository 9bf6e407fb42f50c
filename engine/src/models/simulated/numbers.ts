import type { JsonSchema } from "@signalbox/shared/json";

const USUAL_SPAN = 100;

/** A number within the bounds of a flat schema. */
export function exampleNumber(schema: JsonSchema, whole: boolean, below: (count: number) => number): number {
  const bound = (key: string) => (typeof schema[key] === "number" ? schema[key] : undefined);
  const multiple = bound("multipleOf");
  const step = multiple ?? (whole ? 1 : 0);
  const above = bound("exclusiveMinimum");
  const under = bound("exclusiveMaximum");
  const low = Math.max(bound("minimum") ?? Number.NEGATIVE_INFINITY, above ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(bound("maximum") ?? Number.POSITIVE_INFINITY, under ?? Number.POSITIVE_INFINITY);
  const from = Number.isFinite(low) ? low : Number.isFinite(high) ? Math.min(0, high - USUAL_SPAN) : 0;
  const to = Number.isFinite(high) ? high : from + USUAL_SPAN;
  if (step > 0) {
    const first = Math.ceil(from / step) + (above !== undefined && Math.ceil(from / step) * step <= above ? 1 : 0);
    const last = Math.floor(to / step) - (under !== undefined && Math.floor(to / step) * step >= under ? 1 : 0);
    const times = first + below(Math.max(1, Math.min(last - first + 1, 1_000_000)));
    // 3 * 0.1 is not 0.3: decimals are rounded to those that the step has
    return Number((times * step).toFixed(decimals(step)));
  }
  // the ends are left out, so that exclusive bounds hold as well
  const value = from + ((to - from) * (below(98) + 1)) / 100;
  const rounded = Number(value.toFixed(2));
  return rounded > from && rounded < to ? rounded : to === from ? from : value;
}

function decimals(step: number): number {
  const text = String(step);
  if (text.includes("e-")) return Number(text.split("e-")[1]);
  return text.split(".")[1]?.length ?? 0;
}
