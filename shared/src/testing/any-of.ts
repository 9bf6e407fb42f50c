import fc from "fast-check";
import * as z from "zod";
import type { Json } from "../json/index.ts";

/** Arbitraries to take where a schema of this very identity stands, instead of what its shape alone would give. */
export type Chosen = ReadonlyMap<z.core.$ZodType, fc.Arbitrary<unknown>>;

/** Any JSON value with keys that people would use and keys that break careless code. */
export function anyJson(text: fc.Arbitrary<string> = fc.string({ unit: "grapheme", maxLength: 12 })) {
  const key = fc.oneof(
    text,
    fc.constantFrom("constructor", "toString", "hasOwnProperty", "$blob", "$$blob", "then", "0"),
  );
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom<Json>(null, true, false),
      fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((number) => number + 0),
      text,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.uniqueArray(fc.tuple(key, tie("value")), { maxLength: 4, selector: ([name]) => name }).map(fromEntries),
    ),
  }));
  return value;
}

/** Any value that fits a zod schema, so that a new field is tried without a word in a test. */
export function anyOf(schema: z.core.$ZodType, chosen: Chosen): fc.Arbitrary<unknown> {
  const given = chosen.get(schema);
  if (given) return given;
  const within = (inner: z.core.$ZodType) => anyOf(inner, chosen);
  if (schema instanceof z.ZodOptional) return fc.option(within(schema.def.innerType), { nil: undefined });
  if (schema instanceof z.ZodDefault) return within(schema.def.innerType);
  if (schema instanceof z.ZodObject) return anyObject(schema.shape, within);
  if (schema instanceof z.ZodArray) return fc.array(within(schema.element), { maxLength: 4 });
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(within));
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodString) return anyString(schema);
  if (schema instanceof z.ZodNumber) return anyNumber(schema);
  if (schema instanceof z.ZodLazy) return anyJson();
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(fc.string({ maxLength: 8 }), within(schema.valueType), { maxKeys: 4 });
  if (schema instanceof z.ZodIntersection) {
    return fc
      .tuple(within(schema.def.left), within(schema.def.right))
      .map(([left, right]) => Object.assign({}, right, left));
  }
  throw new Error(`anyOf does not know how to make a ${schema._zod.def.type}; add it.`);
}

function anyObject(shape: z.core.$ZodShape, within: (inner: z.core.$ZodType) => fc.Arbitrary<unknown>) {
  const fields = Object.fromEntries(Object.entries(shape).map(([key, inner]) => [key, within(inner)]));
  return fc
    .record(fields)
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)));
}

function anyString({ def, maxLength, minLength }: z.ZodString): fc.Arbitrary<string> {
  for (const { _zod: check } of def.checks ?? []) {
    if ("pattern" in check.def && check.def.pattern instanceof RegExp) return fc.stringMatching(check.def.pattern);
  }
  return fc.string({ unit: "grapheme", minLength: minLength ?? 0, maxLength: Math.min(20, maxLength ?? 20) });
}

function anyNumber({ minValue, maxValue, isInt }: z.ZodNumber): fc.Arbitrary<number> {
  const [min, max] = [Math.max(minValue ?? -1000, -1e7), Math.min(maxValue ?? 1000, 1e7)];
  if (isInt) return fc.oneof(fc.integer({ min, max: Math.min(max, min + 5) }), fc.integer({ min, max }));
  return fc.double({ min, max, noNaN: true }).map((number) => number + 0);
}

/** `__proto__` included, as a key like any other. */
function fromEntries(entries: [string, Json][]): { [key: string]: Json } {
  return Object.fromEntries(entries.filter(([key]) => key !== "__proto__"));
}
