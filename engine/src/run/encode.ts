import { createHash } from "node:crypto";
import {
  type BlobRef,
  escapeBlobs,
  inlineLimitBytes,
  isBlobRef,
  type RunEvent,
  unescapeBlobs,
} from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import type { StoredBlob, StoredEvent } from "../store/store.ts";

/** An event as it leaves the engine: large values by reference, and their texts beside it. */
export interface EncodedEvent {
  event: RunEvent;
  stored: StoredEvent;
  blobs: readonly StoredBlob[];
}

/** Fields that hold what people or programs gave; everything else is ours and small. */
const valueFields = [
  "input",
  "output",
  "items",
  "arguments",
  "result",
  "show",
  "form",
  "body",
  "values",
  "text",
  "reasoning",
  "toolCalls",
  "native",
] as const;

/** How much of a large value stands in the log for people to see, in characters. */
const previewLength = 200;

/** The form of an event that is stored and sent. */
export function encodeEvent(event: RunEvent): EncodedEvent {
  const blobs: StoredBlob[] = [];
  const encoded: Record<string, unknown> = { ...event };
  for (const field of valueFields) {
    const value = encoded[field] as Json | undefined;
    if (value === undefined) continue;
    const text = JSON.stringify(value);
    if (text.length <= inlineLimitBytes / 4 || Buffer.byteLength(text) <= inlineLimitBytes) {
      if (text.includes("$blob")) encoded[field] = escapeBlobs(value);
    } else {
      const blob = { hash: hashOf(text), text };
      blobs.push(blob);
      encoded[field] = refTo(blob, value);
    }
  }
  // the same event with some values by reference, which its schema allows in every one of these fields
  const sent = encoded as RunEvent;
  return { event: sent, stored: { seq: event.seq, body: JSON.stringify(sent) }, blobs };
}

function hashOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

function refTo({ hash, text }: StoredBlob, value: Json): BlobRef {
  // of a text people see the text, and not how JSON writes it
  const shown = typeof value === "string" ? value : text;
  // cut between whole characters: half of one would not be valid text
  return { $blob: hash, bytes: Buffer.byteLength(text), preview: shown.slice(0, previewLength).toWellFormed() };
}

/** The hashes that must be read before a stored event can be decoded. */
export function blobsOf(body: string): string[] {
  return body.includes('"$blob"')
    ? [...body.matchAll(/"\$blob":"(sha256:[0-9a-f]{64})"/g)].map(([, hash]) => hash ?? "")
    : [];
}

/** A stored event with its values in line, as the engine works with it. */
export function decodeEvent(body: string, blobs: ReadonlyMap<string, string>): RunEvent {
  return withValues(body, (value) => (isBlobRef(value) ? inlined(value, blobs) : unescapeBlobs(value)));
}

/** A stored event with its values in line, and people's own `$blob` keys still escaped: a log that stands alone. */
export function inlineEvent(body: string, blobs: ReadonlyMap<string, string>): RunEvent {
  return withValues(body, (value) => (isBlobRef(value) ? escapeBlobs(inlined(value, blobs)) : value));
}

function withValues(body: string, change: (value: Json) => Json): RunEvent {
  const event = JSON.parse(body) as Record<string, unknown>;
  if (!body.includes("$blob")) return event as RunEvent;
  for (const field of valueFields) {
    const value = event[field] as Json | undefined;
    if (value !== undefined) event[field] = change(value);
  }
  return event as RunEvent;
}

function inlined({ $blob }: BlobRef, blobs: ReadonlyMap<string, string>): Json {
  const text = blobs.get($blob);
  if (text === undefined) throw new Error(`The store has lost the value ${$blob}.`);
  return JSON.parse(text) as Json;
}
