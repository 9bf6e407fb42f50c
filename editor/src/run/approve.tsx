import type { ApprovalRun } from "@signalbox/shared/run";
import { useState } from "react";
import { api, sentenceOf } from "../api/client.ts";
import { Button } from "../ui/button.tsx";
import { toast } from "../ui/toast.tsx";
import { useRunSummary } from "./hooks.ts";

interface ApprovalActionsProps {
  approval: Pick<ApprovalRun, "id" | "title">;
  comment?: string;
  values?: Parameters<typeof api.approvals.decide>[1]["values"];
  /** Whether the form may be sent as it is; it says itself what is wrong. */
  isFilled?: () => boolean;
  /** Small buttons, as on a card. */
  compact?: boolean;
  onDecided?: () => void;
}

/** Approve and Reject. What was decided comes back as an event, so nothing is marked here. */
export function ApprovalActions(props: ApprovalActionsProps) {
  const { approval, comment, values, isFilled, compact = false, onDecided } = props;
  const [busy, setBusy] = useState(false);
  const looking = useRunSummary()?.mode === "replay";
  const decide = async (decision: "approve" | "reject") => {
    if (decision === "approve" && isFilled?.() === false) return;
    setBusy(true);
    try {
      const said = comment === undefined || comment.trim() === "" ? {} : { comment: comment.trim() };
      const edited = values === undefined || decision === "reject" ? {} : { values };
      await api.approvals.decide(approval.id, { decision, ...said, ...edited });
      onDecided?.();
    } catch (error) {
      toast(sentenceOf(error), { tone: "error" });
    } finally {
      setBusy(false);
    }
  };
  const size = compact ? "small" : "normal";
  return (
    <span className="approval-actions">
      <Button
        size={size}
        tone="primary"
        disabled={busy || looking}
        data-decision="approve"
        onClick={() => void decide("approve")}
      >
        Approve
      </Button>
      <Button
        size={size}
        tone="danger"
        disabled={busy || looking}
        data-decision="reject"
        onClick={() => void decide("reject")}
      >
        Reject
      </Button>
    </span>
  );
}
