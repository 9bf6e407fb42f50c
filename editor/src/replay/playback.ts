import type { RunEvent } from "@signalbox/shared/events";
import { create } from "zustand";
import { runView } from "../run/hooks.ts";

/** How fast a run may be played back, as a multiple of the time it took. */
export const speeds = [0.5, 1, 2, 4, 8] as const;
export type Speed = (typeof speeds)[number];

/** Nobody wants to watch a person think it over: longer pauses of the log are played as this. */
const longestPauseMs = 900;
/** Events that happened together are still shown one after the other. */
const shortestPauseMs = 25;

/** How long playback waits before it shows an event. */
export function pauseBefore(event: RunEvent, previous: RunEvent | undefined): number {
  const gap = previous ? Date.parse(event.at) - Date.parse(previous.at) : 0;
  return Math.min(longestPauseMs, Math.max(shortestPauseMs, gap));
}

interface Playback {
  playing: boolean;
  speed: Speed;
}

/** Whether the run on the canvas is being played back. */
export const usePlayback = create<Playback>(() => ({ playing: false, speed: 1 }));

let frame = 0;
let last = 0;
/** Milliseconds of the run's own time that have passed since the event that is shown. */
let passed = 0;

/** Plays on from where the canvas stands; at the end, from the beginning. */
export function play(): void {
  const summary = runView.summary();
  if (!summary || usePlayback.getState().playing) return;
  runView.seek(summary.seq >= summary.lastSeq ? 0 : summary.seq);
  usePlayback.setState({ playing: true });
  last = performance.now();
  passed = 0;
  frame = requestAnimationFrame(advance);
}

export function pause(): void {
  cancelAnimationFrame(frame);
  usePlayback.setState({ playing: false });
}

export function setSpeed(speed: Speed): void {
  usePlayback.setState({ speed });
}

/** One event on or back; playing stops. */
export function stepBy(events: number): void {
  pause();
  const summary = runView.summary();
  if (summary) runView.seek(summary.seq + events);
}

/** Shows the run as of an event; playing stops. */
export function seekTo(seq: number): void {
  pause();
  runView.seek(seq);
}

/** To the newest moment, and on with it as it happens. */
export function goLive(): void {
  pause();
  runView.followLive();
}

function advance(now: number): void {
  const summary = runView.summary();
  const { playing, speed } = usePlayback.getState();
  if (!summary || !playing) return;
  passed += (now - last) * speed;
  last = now;
  const events = runView.events();
  let { seq } = summary;
  for (let next = events[seq]; next; next = events[seq]) {
    const wait = pauseBefore(next, events[seq - 1]);
    if (passed < wait) break;
    passed -= wait;
    seq += 1;
  }
  if (seq !== summary.seq) runView.seek(seq);
  if (seq >= summary.lastSeq) {
    pause();
    return;
  }
  frame = requestAnimationFrame(advance);
}
