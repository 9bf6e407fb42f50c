import * as z from "zod";
import type { Json } from "../json/index.ts";

/** A value too large for the log, kept once by its content. */
export const BlobRef = z.strictObject({
  $blob: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** Bytes of its JSON text. */
  bytes: z.int(),
  /** How its JSON text begins. */
  preview: z.string(),
});
export type BlobRef = z.infer<typeof BlobRef>;

/** Bytes of JSON text above which a value is kept by reference. */
export const inlineLimitBytes = 8192;

export function isBlobRef(value: unknown): value is BlobRef {
  return BlobRef.safeParse(value).success;
}

const ours = /^\$+blob$/;

/** A user's own object that looks like a reference must not become one: its key gets one more `$`. */
export function escapeBlobs(value: Json): Json {
  return mapKeys(value, (key) => (ours.test(key) ? `$${key}` : key));
}

export function unescapeBlobs(value: Json): Json {
  return mapKeys(value, (key) => (key.length > 5 && ours.test(key) ? key.slice(1) : key));
}

function mapKeys(value: Json, rename: (key: string) => string): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => mapKeys(item, rename));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), mapKeys(item, rename)]));
}
