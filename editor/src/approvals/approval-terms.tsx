import type { Assignee } from "@signalbox/shared/nodes";

/** Who may decide, and until when; from the log or from the inbox. */
export interface Terms {
  dueAt?: string | null | undefined;
  quorum?: number | undefined;
  votes?: readonly { by: string; decision: "approve" | "reject" }[] | undefined;
  assignees?: readonly Assignee[] | undefined;
  notBy?: string | null | undefined;
  remindedAt?: string | null | undefined;
  escalatedAt?: string | null | undefined;
}

/** Who is asked, how many have agreed, and what the clock has done; nothing where it is all as usual. */
export function ApprovalTerms({ quorum = 1, votes = [], assignees = [], notBy, ...times }: Terms) {
  const { dueAt, remindedAt, escalatedAt } = times;
  const agreed = votes.filter(({ decision }) => decision === "approve").map(({ by }) => by);
  const names = agreed.length === 0 ? "" : ` (${agreed.join(", ")})`;
  const lines = [
    assignees.length === 0 ? "" : `Asked of ${assignees.map(nameOf).join(" or ")}`,
    isGiven(notBy) ? `Not ${notBy}, who started the run` : "",
    quorum > 1 ? `${agreed.length} of ${quorum} have approved${names}` : "",
    isGiven(dueAt) ? `Due ${timeOf(dueAt)}` : "",
    isGiven(escalatedAt) ? `Passed on ${timeOf(escalatedAt)}` : "",
    isGiven(remindedAt) ? `Reminded ${timeOf(remindedAt)}` : "",
  ].filter((line) => line !== "");
  if (lines.length === 0) return null;
  return (
    <ul className="approval-terms">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

const isGiven = (text: string | null | undefined) => typeof text === "string";

const timeOf = (at: string) => new Date(at).toLocaleString();

function nameOf(assignee: Assignee): string {
  return "role" in assignee ? `the role ${assignee.role}` : assignee.user;
}
