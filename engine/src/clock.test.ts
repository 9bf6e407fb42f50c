import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "./clock.ts";

const day = 24 * 3600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** How often an alarm for this far from now has rung. */
function alarmIn(ms: number) {
  const rung = vi.fn();
  const callOff = systemClock.alarm(Date.now() + ms, rung);
  return { rung, callOff };
}

test("an alarm never rings before its time, even when the clock is set back a little", () => {
  const { rung } = alarmIn(1000);
  vi.setSystemTime(Date.now() - 1);

  vi.advanceTimersByTime(1000);
  expect(rung).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(rung).toHaveBeenCalledOnce();
});

test("an alarm may be months away", () => {
  const { rung } = alarmIn(100 * day);

  vi.advanceTimersByTime(100 * day - 1);
  expect(rung).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(rung).toHaveBeenCalledOnce();
});

test("an alarm whose time has passed rings at once, and one that was called off never does", () => {
  const late = alarmIn(-5);
  const off = alarmIn(10);
  off.callOff();

  vi.advanceTimersByTime(20);
  expect(late.rung).toHaveBeenCalledOnce();
  expect(off.rung).not.toHaveBeenCalled();
});
