import { factsOf } from "@signalbox/shared/nodes";
import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { lookFor, subtitleOf, summaryOf, titleOf } from "../nodes/cards.ts";
import { handlesOf } from "../nodes/size.ts";
import { StatusBody, StatusLine, StatusMark } from "./card-status.tsx";
import { useFitting } from "./connecting.ts";
import { FindingBadge } from "./finding-badge.tsx";
import { Handles } from "./handles.tsx";
import { LoopMark } from "./loop-mark.tsx";
import type { ViewNode } from "./project.ts";
import "./card.css";

/** A step on the canvas. Drawn from the document alone; only its small status parts hear of the run. */
export const Card = memo(function Card({ id, data, selected }: NodeProps<ViewNode>) {
  const { node } = data;
  const look = lookFor(node.type);
  const title = titleOf(node);
  const summary = summaryOf(node);
  const own = node.data as never;
  const { title: type } = factsOf(node.type);
  const rows = handlesOf(node).filter(({ row }) => row);
  const fitting = useFitting(id);
  const Icon = look.icon;
  return (
    <div
      className="card"
      data-card=""
      data-kind={look.kind}
      data-shape={look.shape}
      data-type={node.type}
      data-selected={selected ? "" : undefined}
      data-fitting={fitting}
    >
      <div className="card-face">
        <div className="card-head">
          <span className="chip">
            <Icon size={16} aria-hidden="true" />
          </span>
          <div className="card-titles">
            <p className="card-title ellipsis">{title}</p>
            {look.body ? (
              <p className="card-subtitle ellipsis">{subtitleOf(node)}</p>
            ) : (
              <StatusLine
                id={id}
                idle={look.detail ? subtitleOf(node) : summary}
                ways={new Map(rows.map((row) => [row.id, row.label]))}
              />
            )}
          </div>
          <StatusMark id={id} name={title === type ? title : `${type} ${title}`} />
        </div>
        {look.body ? <StatusBody id={id} idle={look.Summary ? <look.Summary data={own} /> : summary} /> : null}
        {rows.length === 0 ? null : (
          <ul className="card-rows">
            {rows.map((row) => (
              <li key={row.id} data-tone={row.tone}>
                <code className="ellipsis">{look.rowDetail?.(own, row.id)}</code>
                <span className="ellipsis">{row.label}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <LoopMark id={id} name={title} isHeader={data.header} />
      <FindingBadge id={id} />
      <Handles {...data} />
    </div>
  );
});
