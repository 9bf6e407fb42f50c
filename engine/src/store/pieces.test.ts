import fc from "fast-check";
import { expect, test } from "vitest";
import { eventsOf, longestPiece, piecesOf } from "./pieces.ts";
import type { StoredEvent } from "./store.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(',"run":"a","seq":1,"at":"t"}', "\n", " ", '"'),
);
const anyAt = fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z", "");
const anyRun = fc.oneof({ weight: 5, arbitrary: fc.constant("run_1") }, anyText);
/** As the engine writes events, and in every other order of their fields. */
const anyBody = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: anyText, output: anyText, run: anyRun, seq: fc.constant(0), at: anyAt }) },
  fc.record({ at: anyAt, seq: fc.constant(0), run: anyRun, output: fc.record({ run: anyText, at: anyText }) }),
  fc.dictionary(anyText, anyText, { maxKeys: 3 }),
);

test("events come back from their rows as they were, letter by letter", () => {
  fc.assert(
    fc.property(fc.array(anyBody, { maxLength: 8 }), fc.integer({ min: 1, max: 1000 }), (bodies, first) => {
      const events = bodies.map((body, index): StoredEvent => {
        const seq = first + index;
        return { seq, body: JSON.stringify("seq" in body ? { ...body, seq } : body) };
      });

      expect(piecesOf(events).flatMap(eventsOf)).toEqual(events);
    }),
    { numRuns: 1000 },
  );
});

test("a row holds no more events than whoever reads from a place on looks back", () => {
  const events = Array.from({ length: 2 * longestPiece + 1 }, (_, index) => ({ seq: index + 5, body: "{}" }));

  const pieces = piecesOf(events);

  expect(pieces.map(({ seq }) => seq)).toEqual([5, 5 + longestPiece, 5 + 2 * longestPiece]);
  expect(pieces.map((piece) => eventsOf(piece).length)).toEqual([longestPiece, longestPiece, 1]);
});

test("what follows from the first event of a row is not kept again", () => {
  const event = (seq: number) => ({
    seq,
    body: JSON.stringify({ type: "run.resumed", run: "run_1", seq, at: "2026-01-01T00:00:00.000Z" }),
  });

  const [piece] = piecesOf([event(9), event(10)]);

  expect(piece?.events).toBe(`${event(9).body}\n{"type":"run.resumed"`);
});
