import type { StoredEvent } from "./store.ts";

/** A row of a run's log: events that follow one another, a line each, and the place of the first. */
interface Piece {
  seq: number;
  events: string;
}

/** Above this many events a step takes several rows, so that whoever reads from a place on reads little before it. */
export const longestPiece = 100;

/**
 * The rows that keep the events of a step: one row for each event was measured to cost more than all else of a run. The
 * first line is its event as it is; the others end before what follows from the first. JSON has no line break of its own.
 */
export function piecesOf(events: readonly StoredEvent[]): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < events.length; from += longestPiece) {
    const [first, ...others] = events.slice(from, from + longestPiece);
    if (!first) break;
    const endOf = endingAfter(first.body);
    const lines = others.map(({ seq, body }) => {
      const end = endOf(seq);
      return end !== "" && body.endsWith(end) ? body.slice(0, -end.length) : `${whole}${body}`;
    });
    pieces.push({ seq: first.seq, events: [first.body, ...lines].join("\n") });
  }
  return pieces;
}

export function eventsOf({ seq, events }: Piece): StoredEvent[] {
  const [first = "", ...others] = events.split("\n");
  const endOf = endingAfter(first);
  const rest = others.map((line, index) => {
    const own = seq + index + 1;
    return { seq: own, body: line.startsWith(whole) ? line.slice(whole.length) : line + endOf(own) };
  });
  return [{ seq, body: first }, ...rest];
}

/** Before a line that ends otherwise than the first lets expect. */
const whole = " ";

/** How the events of a step end, all alike but for their places. */
function endingAfter(first: string): (seq: number) => string {
  const [, run, at] = /(,"run":"[^"\\]*","seq":)\d+(,"at":"[^"\\]*"\})$/.exec(first) ?? [];
  return (seq) => (run === undefined || at === undefined ? "" : `${run}${seq}${at}`);
}
