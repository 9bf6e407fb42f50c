import type { Failure } from "@signalbox/shared/events";
import { OctagonX } from "lucide-react";

/** What went wrong: the sentence, and the code for who searches for it. */
export function FailureView({ failure: { code, message } }: { failure: Failure }) {
  return (
    <div className="failure" role="note">
      <OctagonX size={14} aria-hidden="true" />
      <p>
        {message} <code>{code}</code>
      </p>
    </div>
  );
}
