import { createHash } from "node:crypto";

/** The idempotency key of one call: the same over attempts and crashes, another for every other call. */
export function effectKey(run: string, activation: string, call: string): string {
  return createHash("sha256").update(`${run}\n${activation}\n${call}`).digest("hex").slice(0, 40);
}
