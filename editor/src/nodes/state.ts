import type { ActivationStatus } from "@signalbox/shared/run";
import {
  Ban,
  Check,
  CircleHelp,
  Clock3,
  Hand,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  RotateCw,
  SkipForward,
  Zap,
} from "lucide-react";

/** How a state of a node is shown besides its colour: a glyph, and a word for it. */
export const stateLooks: Record<ActivationStatus, { icon: LucideIcon; word: string }> = {
  queued: { icon: Clock3, word: "queued" },
  running: { icon: LoaderCircle, word: "running" },
  streaming: { icon: LoaderCircle, word: "answering" },
  waiting: { icon: Hand, word: "waiting" },
  retrying: { icon: RotateCw, word: "trying again" },
  in_doubt: { icon: CircleHelp, word: "in doubt" },
  succeeded: { icon: Check, word: "succeeded" },
  failed: { icon: OctagonX, word: "failed" },
  skipped: { icon: SkipForward, word: "skipped" },
  cancelled: { icon: Ban, word: "cancelled" },
  reused: { icon: Zap, word: "taken from an earlier run" },
};
