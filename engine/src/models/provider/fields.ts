import type { Json } from "@signalbox/shared/json";

/** An object from a provider of which nothing is known yet. */
export type Fields = { readonly [key: string]: unknown };

const NO_FIELDS: Fields = {};
const DEEPEST = 60;

/** The value as an object; an empty one where it is none. Providers leave fields out and put null where they like. */
export function fieldsOf(value: unknown): Fields {
  // an object that is no array has string keys
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : NO_FIELDS;
}

/** The value as a list; an empty one where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text without lone surrogates, which no database takes; empty where it is no text. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value.toWellFormed() : "";
}

/** The value where it is a number that counts something. */
export function countOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** What a provider sent, as JSON that every door of ours takes: well-formed, not too deep, no forbidden key. */
export function jsonOf(value: unknown, depth = 0): Json {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null || depth > DEEPEST) return null;
  if (Array.isArray(value)) return value.map((entry) => jsonOf(entry, depth + 1));
  const entries = Object.entries(value).filter(([key, entry]) => key !== "__proto__" && entry !== undefined);
  return Object.fromEntries(entries.map(([key, entry]) => [key.toWellFormed(), jsonOf(entry, depth + 1)]));
}
