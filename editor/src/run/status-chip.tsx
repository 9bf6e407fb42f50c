import type { RunStatus } from "@signalbox/shared/run";
import { Ban, Check, CircleDashed, Hand, LoaderCircle, type LucideIcon, OctagonX } from "lucide-react";
import { statusWords } from "./format.ts";
import "./status-chip.css";

const icons: Record<RunStatus, LucideIcon> = {
  queued: CircleDashed,
  running: LoaderCircle,
  waiting: Hand,
  completed: Check,
  failed: OctagonX,
  cancelled: Ban,
};

/** How a run stands: a glyph, a word and a colour. */
export function StatusChip({ status }: { status: RunStatus }) {
  const Icon = icons[status];
  return (
    <span className="status-chip" data-status={status}>
      <Icon size={13} aria-hidden="true" />
      {statusWords[status]}
    </span>
  );
}
