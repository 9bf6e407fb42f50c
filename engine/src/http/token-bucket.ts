import type { Clock } from "../clock.ts";

/** Lets through `size` at once and `perMinute` over time. */
export function createTokenBucket({ size, perMinute }: { size: number; perMinute: number }, clock: Clock) {
  let tokens = size;
  let at = clock.now();
  return {
    take: (): boolean => {
      const now = clock.now();
      tokens = Math.min(size, tokens + ((now - at) / 60_000) * perMinute);
      at = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
