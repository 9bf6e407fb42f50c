import type { Clock } from "../clock.ts";

/** A clock that stands still until it is moved. Alarms ring in order of their time. */
export function handClock(
  start = Date.UTC(2026, 0, 1),
): Clock & { moveTo: (at: number) => void; moveBy: (ms: number) => void } {
  let now = start;
  const alarms = new Set<{ at: number; ring: () => void }>();
  const moveTo = (at: number) => {
    for (;;) {
      const [next] = [...alarms].filter((alarm) => alarm.at <= at).sort((a, b) => a.at - b.at);
      if (!next) break;
      now = Math.max(now, next.at);
      alarms.delete(next);
      next.ring();
    }
    now = at;
  };
  return {
    now: () => now,
    alarm: (at, ring) => {
      const alarm = { at, ring };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    moveTo,
    moveBy: (ms) => moveTo(now + ms),
  };
}
