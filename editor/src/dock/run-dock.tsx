import { ExternalLink, X } from "lucide-react";
import { useEffect, useState } from "react";
import { ApprovalCard } from "../approvals/approval-card.tsx";
import { QuestionCard } from "../questions/question-card.tsx";
import { pause } from "../replay/playback.ts";
import { ReplayBar } from "../replay/replay-bar.tsx";
import { Link } from "../router/link.tsx";
import { formatMs, formatUsage, isOpenStatus } from "../run/format.ts";
import { type RunSummaryView, useRunSummary } from "../run/hooks.ts";
import { useNow } from "../run/now.ts";
import { StatusChip } from "../run/status-chip.tsx";
import { IconButton } from "../ui/button.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { EventList } from "./event-list.tsx";
import { RunOutput } from "./run-output.tsx";
import { Waterfall } from "./waterfall.tsx";
import "./dock.css";

interface RunDockProps {
  /** Takes the run off the canvas; left out where the page is about the run. */
  onClose?: () => void;
}

type View = "timeline" | "events" | "output";

/** Under the canvas: the run that is shown, its replay, its timeline, its log and what came out. */
export function RunDock({ onClose }: RunDockProps) {
  const summary = useRunSummary();
  const [view, setView] = useState<View>("timeline");
  const status = summary?.status;
  useEffect(() => pause, []);
  useEffect(() => {
    if (status === "completed" || status === "failed") setView("output");
  }, [status]);
  if (!summary) return null;
  const tabs = [
    { id: "timeline" as const, label: "Timeline" },
    { id: "events" as const, label: "Events" },
    { id: "output" as const, label: summary.error ? "Error" : "Output" },
  ];
  const asks = summary.approvals.length + summary.questions.length > 0;
  return (
    <section className="dock" aria-label="Run" data-asks={asks ? "" : undefined}>
      <header className="dock-head">
        <StatusChip status={summary.status} />
        <Elapsed summary={summary} />
        <span className="soft mono dock-usage">{formatUsage(summary.usage)}</span>
        {summary.mode === "replay" ? <span className="dock-replay">Looking at a past moment</span> : null}
        <span className="bar-space" />
        {onClose ? (
          <>
            <Link className="dock-link mono" to={`/runs/${summary.id}`} title="This run on a page of its own">
              {summary.id.slice(0, 12)}… <ExternalLink size={12} />
            </Link>
            <IconButton label="Close run" size="small" onClick={onClose}>
              <X size={14} />
            </IconButton>
          </>
        ) : null}
      </header>
      <ReplayBar />
      <div className="dock-body">
        {asks ? (
          <div className="dock-approvals">
            {summary.approvals.map((approval) => (
              <ApprovalCard
                key={approval.id}
                approval={approval}
                origin={<span className="faint">{approval.activation}</span>}
              />
            ))}
            {summary.questions.map((question) => (
              <QuestionCard
                key={question.id}
                question={question}
                origin={<span className="faint">{question.activation}</span>}
              />
            ))}
          </div>
        ) : null}
        <Tabs label="Run details" tabs={tabs} active={view} onActive={setView}>
          {view === "timeline" ? <Waterfall /> : view === "events" ? <EventList /> : <RunOutput summary={summary} />}
        </Tabs>
      </div>
    </section>
  );
}

/** How long it has run; counts on by the second while it is open. */
function Elapsed({ summary: { startedAt, endedAt, status, mode } }: { summary: RunSummaryView }) {
  const now = useNow(isOpenStatus(status) && mode === "live");
  if (startedAt === null) return null;
  const until = endedAt === null ? Math.max(now, Date.parse(startedAt)) : Date.parse(endedAt);
  if (endedAt === null && mode === "replay") return null;
  return <span className="soft mono">{formatMs(until - Date.parse(startedAt))}</span>;
}
