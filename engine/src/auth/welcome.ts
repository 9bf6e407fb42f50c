import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../clock.ts";

/** The one-time link that signs in whoever can read the terminal. */
export interface Welcome {
  /** A fresh token; the one before no longer works. */
  issue: () => string;
  /** Whether this was the token; it works once. */
  redeem: (token: string) => boolean;
}

const lifetimeMs = 30 * 60_000;

export function createWelcome(clock: Clock): Welcome {
  let open: { digest: Buffer; until: number } | undefined;
  const digestOf = (token: string) => createHash("sha256").update(token).digest();
  return {
    issue: () => {
      const token = randomBytes(24).toString("base64url");
      open = { digest: digestOf(token), until: clock.now() + lifetimeMs };
      return token;
    },
    redeem: (token) => {
      const given = digestOf(token);
      if (!open || clock.now() > open.until || !timingSafeEqual(open.digest, given)) return false;
      open = undefined;
      return true;
    },
  };
}
