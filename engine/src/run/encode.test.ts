import { inlineLimitBytes, isBlobRef, type RunEvent } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import fc from "fast-check";
import { expect, test } from "vitest";
import { blobsOf, decodeEvent, encodeEvent, inlineEvent } from "./encode.ts";

const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Json>(null, true, 0, "$blob", '"$blob":"sha256:', ""),
    fc.string({ unit: "binary" }),
    // around the size from which a value is kept by reference, in characters of one and of several bytes
    fc
      .tuple(fc.constantFrom("a", "é", "😀", '"'), fc.integer({ min: 2000, max: 9000 }))
      .map(([char, times]) => char.repeat(times)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("$blob", "$$blob", "$$$blob", "bytes", "preview", "a"), tie("value"), { maxKeys: 3 }),
    fc.constant({ $blob: `sha256:${"0".repeat(64)}`, bytes: 1, preview: "" }),
  ),
}));

const completed = (output: Json, handles: string[] = []): RunEvent => ({
  run: "run_1",
  seq: 7,
  at: "2026-01-01T00:00:00.000Z",
  type: "node.completed",
  node: "a",
  activation: "a",
  attempt: 1,
  handles,
  output,
});

function stored(event: RunEvent) {
  const { event: sent, stored: kept, blobs } = encodeEvent(event);
  return { sent, body: kept.body, blobs, texts: new Map(blobs.map(({ hash, text }) => [hash, text])) };
}

test("what is stored is loaded as it was, whatever people call their keys and however large their values are", () => {
  fc.assert(
    fc.property(anyValue, (output) => {
      const event = completed(output);
      const { body, texts } = stored(event);

      expect(decodeEvent(body, texts)).toEqual(event);
      // a reference of ours is found, and what only looks like one is not
      expect(blobsOf(body)).toEqual([...texts.keys()]);
    }),
    { numRuns: 500 },
  );
});

test("what leaves the engine is small, and is what is stored", () => {
  fc.assert(
    fc.property(anyValue, (output) => {
      const { sent, body, blobs } = stored(completed(output));

      expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(sent)));
      expect(Buffer.byteLength(body)).toBeLessThan(inlineLimitBytes + 2000);
      for (const { text } of blobs) expect(Buffer.byteLength(text)).toBeGreaterThan(inlineLimitBytes);
      const kept = sent.type === "node.completed" ? sent.output : null;
      expect(isBlobRef(kept)).toBe(blobs.length > 0);
    }),
    { numRuns: 500 },
  );
});

test("an exported log stands alone: stored again it is the same", () => {
  fc.assert(
    fc.property(anyValue, (output) => {
      const event = completed(output);
      const { body, texts } = stored(event);

      expect(decodeEvent(JSON.stringify(inlineEvent(body, texts)), new Map())).toEqual(event);
    }),
    { numRuns: 300 },
  );
});
