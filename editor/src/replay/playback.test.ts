import type { RunEvent } from "@signalbox/shared/events";
import { expect, it } from "vitest";
import { pauseBefore } from "./playback.ts";

const at = (ms: number) => ({ at: new Date(ms).toISOString() }) as RunEvent;

it("playback takes the run's own time, but shows no two events at once and waits for nobody long", () => {
  expect(pauseBefore(at(1300), at(1000))).toBe(300);
  expect(pauseBefore(at(1000), at(1000))).toBe(25);
  expect(pauseBefore(at(3_601_000), at(1000))).toBe(900);
  expect(pauseBefore(at(1000), undefined)).toBe(25);
});
