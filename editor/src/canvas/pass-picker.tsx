import { ChevronLeft, ChevronRight, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { type FrameRunView, runView } from "../run/hooks.ts";
import { laneFrom } from "../run/passes.ts";
import "./pass-picker.css";

interface PassPickerProps {
  frameKey: string;
  /** What the frame is called. */
  name: string;
  frame: FrameRunView;
}

/** Which pass of a loop (or item of a list) the nodes inside show: the newest unless one is chosen. */
export function PassPicker({ frameKey, name, frame }: PassPickerProps) {
  const { kind, chosen, started, lanes } = frame;
  const isItems = kind === "items";
  const word = isItems ? "item" : "pass";
  const many = isItems ? lanes.length : started;
  if (many === 0) return null;
  const at = chosen === undefined ? (isItems ? undefined : started) : Number(chosen) + (isItems ? 1 : 0);
  const step = (by: number) => runView.choose(frameKey, laneFrom(frame, by));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0 && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (by === 0) runView.choose(frameKey, undefined);
    else step(by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that nobody sees
    <div
      className="pass-picker nodrag nopan"
      role="group"
      aria-label={`${isItems ? "Item" : "Pass"} of ${name}`}
      data-chosen={chosen === undefined ? undefined : ""}
      onKeyDown={onKeyDown}
      // what is selected stays so: one may look at the passes of one node inside
      onClick={(event) => event.stopPropagation()}
    >
      <button
        type="button"
        aria-label={`The ${word} before`}
        title={`The ${word} before ([)`}
        disabled={at !== undefined && at <= 1}
        onClick={() => step(-1)}
      >
        <ChevronLeft size={14} aria-hidden="true" />
      </button>
      <output>{at === undefined ? countsOf(frame) : wordsOf(word, at, many)}</output>
      <button
        type="button"
        aria-label={`The next ${word}`}
        title={`The next ${word} (])`}
        disabled={chosen === undefined ? !isItems : at !== undefined && at >= many && isItems}
        onClick={() => step(1)}
      >
        <ChevronRight size={14} aria-hidden="true" />
      </button>
      {chosen === undefined ? null : (
        <button
          type="button"
          className="pass-latest"
          aria-label={isItems ? "Show all items" : "Go along with the newest pass"}
          title={isItems ? "Show all items" : "Go along with the newest pass"}
          onClick={() => runView.choose(frameKey, undefined)}
        >
          {isItems ? <X size={12} aria-hidden="true" /> : "Latest"}
        </button>
      )}
    </div>
  );
}

function wordsOf(word: string, at: number, many: number): string {
  return at > many ? `${word} ${at}: not begun` : `${word} ${at} of ${many.toLocaleString("en")}`;
}

/** `7/12, 1 failed` */
function countsOf({ counts, lanes }: FrameRunView): string {
  const ended = `${counts.succeeded + counts.failed + counts.cancelled}/${lanes.length.toLocaleString("en")}`;
  return counts.failed > 0 ? `${ended}, ${counts.failed} failed` : ended;
}
