import type { JsonSchema } from "../json/index.ts";

/** A value that is written out in an expression. */
export interface Literal {
  value: string | number | boolean;
  start: number;
  end: number;
}

/** What a part of a condition asks of one value. */
export type Demand = {
  name: string;
  path: readonly string[];
  start: number;
  end: number;
  /** As it is written. */
  text: string;
} & (
  | { kind: "is"; not: boolean; values: readonly Literal[] }
  | { kind: "below" | "above"; limit: number; withLimit: boolean }
);

interface Bound {
  limit: number;
  withLimit: boolean;
}

/** What a value may still be. */
export interface Possible {
  /** All that it may be, where that is a list. */
  values?: readonly unknown[];
  /** What it is not. */
  never: readonly unknown[];
  least?: Bound;
  most?: Bound;
  isEmpty: boolean;
}

/** What a schema lets a value be. */
export function possible(schema: JsonSchema | null): Possible {
  if (!schema) return { never: [], isEmpty: false };
  const values = Array.isArray(schema.enum)
    ? schema.enum
    : schema.const !== undefined
      ? [schema.const]
      : schema.type === "boolean"
        ? [true, false]
        : undefined;
  const bound = (limit: unknown, withLimit: boolean): Bound | undefined =>
    typeof limit === "number" ? { limit, withLimit } : undefined;
  const least = higher(bound(schema.minimum, true), bound(schema.exclusiveMinimum, false));
  const most = lower(bound(schema.maximum, true), bound(schema.exclusiveMaximum, false));
  return {
    ...(values ? { values } : {}),
    ...(least ? { least } : {}),
    ...(most ? { most } : {}),
    never: [],
    isEmpty: false,
  };
}

/** What is left after a demand. */
export function cutDown(before: Possible, demand: Demand): Possible {
  if (demand.kind !== "is") {
    const isBelow = demand.kind === "below";
    const bound = isBelow ? lower(before.most, demand) : higher(before.least, demand);
    return checked({ ...before, [isBelow ? "most" : "least"]: bound ?? demand });
  }
  const named = demand.values.map(({ value }) => value);
  if (demand.not) return checked({ ...before, never: [...before.never, ...named] });
  const { values } = before;
  return checked({ ...before, values: values ? values.filter((value) => isOneOf(named, value)) : named });
}

function checked(found: Possible): Possible {
  const { values, never, least, most } = found;
  if (values) {
    const left = values.filter((value) => !isOneOf(never, value) && isWithin(value, found));
    return { ...found, values: left, isEmpty: left.length === 0 };
  }
  const isCrossed =
    least !== undefined &&
    most !== undefined &&
    (least.limit > most.limit || (least.limit === most.limit && !(least.withLimit && most.withLimit)));
  return { ...found, isEmpty: isCrossed };
}

function isOneOf(values: readonly unknown[], value: unknown): boolean {
  return values.includes(value);
}

function isWithin(value: unknown, { least, most }: Possible): boolean {
  if (!least && !most) return true;
  if (typeof value !== "number") return true;
  if (least && (value < least.limit || (value === least.limit && !least.withLimit))) return false;
  return !(most && (value > most.limit || (value === most.limit && !most.withLimit)));
}

function higher(a: Bound | undefined, b: Bound | undefined): Bound | undefined {
  if (!a || !b) return a ?? b;
  if (a.limit === b.limit) return a.withLimit ? b : a;
  return a.limit > b.limit ? a : b;
}

function lower(a: Bound | undefined, b: Bound | undefined): Bound | undefined {
  if (!a || !b) return a ?? b;
  if (a.limit === b.limit) return a.withLimit ? b : a;
  return a.limit < b.limit ? a : b;
}

/** What a value may be, in words. */
export function saidOf({ values, least, most }: Possible): string {
  if (values) return values.map((value) => JSON.stringify(value)).join(" or ");
  const from = least ? `${least.withLimit ? "at least" : "above"} ${least.limit}` : "";
  const to = most ? `${most.withLimit ? "at most" : "below"} ${most.limit}` : "";
  return [from, to].filter((part) => part !== "").join(" and ");
}
