import { type ReactNode, useLayoutEffect, useRef } from "react";
import { stateLooks } from "../nodes/state.ts";
import { ApprovalActions } from "../run/approve.tsx";
import { useNodeRun } from "../run/hooks.ts";
import { useSecond } from "./second.ts";
import { lastLines, statusWords } from "./status.ts";
import "./card-status.css";

const ticking = new Set(["running", "waiting", "retrying"]);

/** How a node stands, as a glyph. Also writes it on the card and on React Flow's element, where the styles look. */
export function StatusMark({ id, name }: { id: string; name: string }) {
  const { status, latest } = useNodeRun(id);
  const mark = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const card = mark.current?.closest<HTMLElement>("[data-card]");
    const node = mark.current?.closest<HTMLElement>(".react-flow__node");
    // by hand: the element is React Flow's, and a state must not make it render
    if (card) card.dataset.state = status;
    if (!node) return;
    node.dataset.state = status;
    node.setAttribute("aria-label", status === "idle" ? name : `${name}, ${stateLooks[status].word}`);
  }, [status, name]);
  const look = status === "idle" ? undefined : stateLooks[status];
  const Icon = look?.icon;
  return (
    <span ref={mark} className="status-mark" title={look?.word}>
      {Icon ? <Icon key={status} size={14} strokeWidth={2.25} aria-hidden="true" /> : null}
      {status === "retrying" && latest ? <span className="status-attempt">{latest.attempt}</span> : null}
    </span>
  );
}

interface StatusLineProps {
  id: string;
  idle: string;
  /** Names of the ways out that have a row: which of them was taken is the news. */
  ways: ReadonlyMap<string, string>;
}

/** One line under the title of a small card: what it is set up to do, or how its run went. */
export function StatusLine({ id, idle, ways }: StatusLineProps) {
  const view = useNodeRun(id);
  const now = useSecond(ticking.has(view.status));
  const { line, figures } = statusWords(view, now);
  const taken = view.latest?.handles.flatMap((handle) => ways.get(handle) ?? []) ?? [];
  const words = [taken.join(", "), figures].filter(Boolean).join(" · ");
  return <p className="card-subtitle ellipsis">{words || line || idle}</p>;
}

/** Two lines in a box that never changes its size: the set-up, the words as they stream, the outcome, the question. */
export function StatusBody({ id, idle }: { id: string; idle: ReactNode }) {
  const view = useNodeRun(id);
  const { status, text, approval } = view;
  const now = useSecond(ticking.has(status));
  if (status === "idle") return <p className="card-body card-idle">{idle}</p>;
  if (status === "streaming") {
    return (
      <div className="card-body card-stream" aria-hidden="true">
        <p>
          {lastLines(text ?? "")}
          <i className="caret" />
        </p>
      </div>
    );
  }
  const { line, figures } = statusWords(view, now);
  if (approval) {
    return (
      <div className="card-body card-ask nodrag nopan">
        <p className="ellipsis">{line}</p>
        <ApprovalActions approval={approval} compact />
      </div>
    );
  }
  return (
    <div className="card-body">
      <p className={figures === "" ? "card-news clamp-2" : "card-news ellipsis"}>{line}</p>
      {figures === "" ? null : <p className="card-figures ellipsis">{figures}</p>}
    </div>
  );
}
