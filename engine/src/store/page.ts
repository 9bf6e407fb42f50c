import { SignalboxError } from "../errors.ts";

export interface Page {
  limit: number;
  cursor?: string | undefined;
}

interface Place {
  at: string;
  id: string;
}

/** One page of rows of which one more than `limit` was read, and the cursor of the next. */
export function pageOf<Row>(rows: readonly Row[], limit: number, placeOf: (row: Row) => Place) {
  const items = rows.slice(0, limit);
  const [last] = items.slice(-1);
  const next = rows.length > limit && last ? Buffer.from(JSON.stringify(placeOf(last))).toString("base64url") : null;
  return { items, next };
}

export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (value !== null && typeof value === "object" && "at" in value && "id" in value) {
      return { at: String(value.at), id: String(value.id) };
    }
  } catch {
    // told below, with the same sentence
  }
  throw new SignalboxError("validation_failed", "This cursor is not one of ours. Take it from `next`.", {
    path: "cursor",
  });
}
