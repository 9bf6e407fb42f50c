import { ThumbsDown, ThumbsUp } from "lucide-react";
import { ApprovalCard } from "../../approvals/approval-card.tsx";
import { useNodeRun, useRunEvents } from "../../run/hooks.ts";
import { ValueView } from "../../values/value-view.tsx";

interface ApprovalTraceProps {
  /** The approval's id. */
  id: string;
  nodeId: string;
}

/** What people were asked here, and what they said; while they are asked, the question itself. */
export function ApprovalTrace({ id, nodeId }: ApprovalTraceProps) {
  const { approval: pending } = useNodeRun(nodeId);
  const votes = useRunEvents().filter((event) => event.type === "approval.voted" && event.approval === id);
  return (
    <>
      {pending?.id === id ? <ApprovalCard approval={pending} /> : null}
      <ul className="votes">
        {votes.map((vote) =>
          vote.type === "approval.voted" ? (
            <li key={vote.seq}>
              {vote.decision === "approve" ? (
                <ThumbsUp size={13} aria-hidden="true" />
              ) : (
                <ThumbsDown size={13} aria-hidden="true" />
              )}
              <div>
                <p>
                  <strong>{vote.by}</strong> {vote.decision === "approve" ? "approved" : "rejected"}
                  {vote.comment === undefined ? "" : `: ${vote.comment}`}
                </p>
                {vote.values === undefined ? null : <ValueView value={vote.values} />}
              </div>
            </li>
          ) : null,
        )}
      </ul>
    </>
  );
}
