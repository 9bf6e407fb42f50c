import type { Approval } from "@signalbox/shared/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, sentenceOf } from "../api/client.ts";
import { ApprovalCard } from "../approvals/approval-card.tsx";
import { Link } from "../router/link.tsx";
import { Select } from "../ui/field.tsx";
import "./pages.css";

/** `/inbox`: what people are asked, from all runs. */
export function InboxPage() {
  const [view, setView] = useState("pending");
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["approvals", view], queryFn: () => api.approvals.list({ status: view }) });
  useEffect(() => {
    document.title = "Inbox · Signalbox";
  }, []);
  const items = list.data?.items ?? [];
  return (
    <main className="page">
      <header className="bar">
        <h1 className="bar-title">Inbox</h1>
        <span className="bar-space" />
        <div className="filters">
          <Select
            aria-label="Show"
            value={view}
            onValue={setView}
            options={[
              { value: "pending", label: "Waiting for an answer" },
              { value: "approved", label: "Approved" },
              { value: "rejected", label: "Rejected" },
              { value: "expired", label: "Expired" },
              { value: "cancelled", label: "Called off" },
            ]}
          />
        </div>
      </header>
      <div className="page-body">
        {list.error ? <p className="page-empty">{sentenceOf(list.error)}</p> : null}
        {list.isSuccess && items.length === 0 ? (
          <div className="page-empty">
            <h2>{view === "pending" ? "Nobody is waiting for you" : "Nothing here"}</h2>
            <p>When a run reaches an approval, it is asked here and on the canvas.</p>
          </div>
        ) : null}
        <div className="inbox">
          {items.map((approval) => (
            <InboxItem
              key={approval.id}
              approval={approval}
              onDecided={() => void queries.invalidateQueries({ queryKey: ["approvals"] })}
            />
          ))}
        </div>
      </div>
    </main>
  );
}

function InboxItem({ approval, onDecided }: { approval: Approval; onDecided: () => void }) {
  const { run, workflowName, status, title, decidedBy, decidedAt } = approval;
  const origin = (
    <Link className="inbox-origin" to={`/runs/${run}`}>
      {workflowName ?? "its run"}
    </Link>
  );
  if (status === "pending") return <ApprovalCard approval={approval} origin={origin} onDecided={onDecided} />;
  return (
    <article className="inbox-past">
      <h3>{title}</h3>
      {origin}
      <span className="soft">
        {status}
        {decidedBy === null ? "" : ` by ${decidedBy}`}
        {decidedAt === null ? "" : `, ${new Date(decidedAt).toLocaleString()}`}
      </span>
    </article>
  );
}
