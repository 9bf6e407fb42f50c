import type { Approval, Question } from "@signalbox/shared/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, sentenceOf } from "../api/client.ts";
import { ApprovalCard } from "../approvals/approval-card.tsx";
import { QuestionCard } from "../questions/question-card.tsx";
import { Link } from "../router/link.tsx";
import { Select } from "../ui/field.tsx";
import { useInboxKeys } from "./inbox-keys.ts";
import "./pages.css";

/** `/inbox`: what people are asked, from all runs. */
export function InboxPage() {
  const [view, setView] = useState("pending");
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["approvals", view], queryFn: () => approvalsIn(view) });
  useEffect(() => {
    document.title = "Inbox · Signalbox";
  }, []);
  const items = list.data?.items ?? [];
  const asked = useQuestions(view);
  const cards = useRef<HTMLDivElement>(null);
  useInboxKeys(cards, items.length + asked.questions.length);
  const isEmpty = list.isSuccess && asked.isSuccess && items.length + asked.questions.length === 0;
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
              { value: "answered", label: "Answered" },
              { value: "rejected", label: "Rejected" },
              { value: "expired", label: "Expired" },
              { value: "cancelled", label: "Called off" },
            ]}
          />
        </div>
      </header>
      <div className="page-body">
        {list.error ? <p className="page-empty">{sentenceOf(list.error)}</p> : null}
        {isEmpty ? (
          <div className="page-empty">
            <h2>{view === "pending" ? "Nobody is waiting for you" : "Nothing here"}</h2>
            <p>When a run reaches an approval, or an agent has a question, it is asked here and on the canvas.</p>
          </div>
        ) : null}
        <div className="inbox" ref={cards}>
          {view === "pending" && items.length > 0 ? (
            <p className="inbox-keys">
              <kbd>J</kbd> <kbd>K</kbd> from card to card, <kbd>A</kbd> approves, <kbd>R</kbd> rejects
            </p>
          ) : null}
          {asked.questions.map((question) => (
            <QuestionItem key={question.id} question={question} />
          ))}
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

/** No approval is ever answered: that word is for questions. */
async function approvalsIn(view: string): Promise<{ items: Approval[] }> {
  return view === "answered" ? { items: [] } : await api.approvals.list({ status: view });
}

const questionViews = new Set(["pending", "answered", "cancelled"]);

async function questionsIn(view: string): Promise<{ items: Question[] }> {
  return questionViews.has(view) ? await api.questions.list({ status: view }) : { items: [] };
}

function useQuestions(view: string) {
  const list = useQuery({
    queryKey: ["questions", view],
    queryFn: () => questionsIn(view),
  });
  return { questions: list.data?.items ?? [], isSuccess: list.isSuccess };
}

function QuestionItem({ question }: { question: Question }) {
  const queries = useQueryClient();
  const { run, workflowName, status, text, answer, answeredBy, answeredAt } = question;
  const origin = (
    <Link className="inbox-origin" to={`/runs/${run}`}>
      {workflowName ?? "its run"}
    </Link>
  );
  if (status === "pending") {
    const onAnswered = () => void queries.invalidateQueries({ queryKey: ["questions"] });
    return <QuestionCard question={question} origin={origin} onAnswered={onAnswered} />;
  }
  return (
    <article className="inbox-past">
      <h3>{text}</h3>
      {origin}
      <span className="soft">
        {status === "answered" ? `“${typeof answer === "string" ? answer : JSON.stringify(answer)}”` : "called off"}
        {answeredBy === null ? "" : ` by ${answeredBy}`}
        {answeredAt === null ? "" : `, ${new Date(answeredAt).toLocaleString()}`}
      </span>
    </article>
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
