import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { ChevronFirst, ChevronLast, Pause, Play, Radio, StepBack, StepForward, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { eventWords, formatMs } from "../run/format.ts";
import { useRunEvents, useRunSummary } from "../run/hooks.ts";
import { IconButton } from "../ui/button.tsx";
import { goLive, pause, play, type Speed, seekTo, setSpeed, speeds, stepBy, usePlayback } from "./playback.ts";
import "./replay-bar.css";

/** Plays the run on the canvas: play, pause, step, scrub, speed. Looking never runs anything. */
export function ReplayBar() {
  const summary = useRunSummary();
  const events = useRunEvents();
  const { playing, speed } = usePlayback();
  const marks = useMemo(() => marksOf(events), [events]);
  if (!summary) return null;
  const { seq, lastSeq, mode } = summary;
  const shown = events[seq - 1];
  const canGoOn = !events.some(endsRun);
  const error = marks.find(({ kind }) => kind === "failure");
  return (
    <section className="replay-bar" aria-label="Replay controls">
      <div className="replay-buttons">
        <IconButton label="To the beginning" size="small" onClick={() => seekTo(0)} disabled={seq === 0}>
          <ChevronFirst size={15} />
        </IconButton>
        <IconButton label="Step back" size="small" onClick={() => stepBy(-1)} disabled={seq === 0}>
          <StepBack size={14} />
        </IconButton>
        <IconButton label={playing ? "Pause" : "Play"} tone="plain" onClick={playing ? pause : play}>
          {playing ? <Pause size={15} /> : <Play size={15} />}
        </IconButton>
        <IconButton label="Step forward" size="small" onClick={() => stepBy(1)} disabled={seq >= lastSeq}>
          <StepForward size={14} />
        </IconButton>
        <IconButton label="To the end" size="small" onClick={() => seekTo(lastSeq)} disabled={seq >= lastSeq}>
          <ChevronLast size={15} />
        </IconButton>
        {error ? (
          <IconButton label="To the first failure" size="small" onClick={() => seekTo(error.seq)}>
            <TriangleAlert size={14} />
          </IconButton>
        ) : null}
      </div>
      <div className="replay-track">
        <input
          type="range"
          aria-label="Replay"
          aria-valuetext={shown ? `${seq} of ${lastSeq}: ${eventWords(shown)}` : `${seq} of ${lastSeq}`}
          min={0}
          max={lastSeq}
          step={1}
          value={seq}
          onChange={(event) => seekTo(Number(event.target.value))}
        />
        <div className="replay-marks" aria-hidden="true">
          {marks.map(({ seq: at, kind }) => (
            <i key={at} data-kind={kind} style={{ left: `${(at / Math.max(1, lastSeq)) * 100}%` }} />
          ))}
        </div>
      </div>
      <output className="replay-place mono">
        {seq}/{lastSeq}
        <span className="replay-event">{shown ? ` ${eventWords(shown)}` : " before the first event"}</span>
        {shown && events[0] ? (
          <span className="faint"> +{formatMs(Date.parse(shown.at) - Date.parse(events[0].at))}</span>
        ) : null}
      </output>
      <label className="replay-speed">
        <span className="visually-hidden">Speed</span>
        <select value={speed} onChange={(event) => setSpeed(Number(event.target.value) as Speed)}>
          {speeds.map((one) => (
            <option key={one} value={one}>
              {one}×
            </option>
          ))}
        </select>
      </label>
      {canGoOn ? (
        <button
          type="button"
          className="replay-live"
          data-on={mode === "live" ? "" : undefined}
          aria-pressed={mode === "live"}
          title="Go along with the run as it happens"
          onClick={goLive}
        >
          <Radio size={13} />
          Live
        </button>
      ) : null}
    </section>
  );
}

interface TrackMark {
  seq: number;
  kind: "failure" | "person";
}

/** Moments that one looks for on the track. */
function marksOf(events: readonly RunEvent[]): TrackMark[] {
  return events.flatMap(({ seq, type }): TrackMark[] => {
    if (type === "node.failed" || type === "run.failed") return [{ seq, kind: "failure" }];
    if (type === "approval.requested" || type === "approval.decided") return [{ seq, kind: "person" }];
    return [];
  });
}
