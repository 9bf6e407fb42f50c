import type { Activation } from "@signalbox/shared/run";
import { CornerDownRight, RotateCw } from "lucide-react";
import { useDocument } from "../../document/store.ts";
import { titleOf } from "../../nodes/cards.ts";
import { formatClock, formatMs, formatUsage } from "../../run/format.ts";
import { runView } from "../../run/hooks.ts";
import { activationWords, durationMs, stepsOf } from "./activations.ts";
import { ApprovalTrace } from "./approval-trace.tsx";
import { FailureView } from "./failure-view.tsx";
import { ModelCallCard } from "./model-call.tsx";
import { ToolCallCard } from "./tool-call.tsx";

interface TraceProps {
  activation: Activation;
  /** What a model is saying right now. */
  streaming: string | undefined;
}

/** Everything that one activation did, in order. */
export function Trace({ activation, streaming }: TraceProps) {
  const { id, status, startedAt, attempt, usage, error, lastError, retryDue, approval, models, calls } = activation;
  const steps = stepsOf(activation);
  const ms = durationMs(activation);
  const figures = [
    ms === undefined ? "" : formatMs(ms),
    formatUsage(usage),
    attempt > 1 ? `attempt ${attempt}` : "",
  ].filter(Boolean);
  const isAnswering = models.some(({ response }) => response === undefined);
  return (
    <div className="trace">
      <header className="trace-head">
        <span className="trace-status" data-status={status}>
          {activationWords[status]}
        </span>
        <span>{figures.join(" · ")}</span>
        {startedAt === undefined ? null : <time dateTime={startedAt}>{formatClock(startedAt)}</time>}
      </header>
      {error ? <FailureView failure={error} /> : null}
      {lastError && !error ? (
        <div className="retry-line">
          <RotateCw size={13} aria-hidden="true" />
          <p>
            The try before failed: {lastError.message}
            {retryDue === undefined ? "" : ` Next try at ${formatClock(retryDue)}.`}
          </p>
        </div>
      ) : null}
      {approval === undefined ? null : <ApprovalTrace id={approval} nodeId={activation.node} />}
      <ol className="trace-steps">
        {steps.map((step) => (
          <li key={`${step.kind} ${step.call.call}`}>
            {step.kind === "model" ? (
              <ModelCallCard
                call={step.call}
                offered={offeredIn(id, step.call.call)}
                streaming={step.call.response === undefined && isAnswering ? streaming : undefined}
              />
            ) : (
              <ToolCallCard call={step.call} failure={error} />
            )}
          </li>
        ))}
      </ol>
      {calls.length > 0 ? <Calls calls={calls} /> : null}
      {steps.length === 0 && !error && approval === undefined && calls.length === 0 ? (
        <p className="run-none">It called no model and no tool.</p>
      ) : null}
    </div>
  );
}

/** The tools that a model was offered: they stand in the log, not in the state. */
function offeredIn(activation: string, call: number): readonly string[] {
  const called = runView
    .events()
    .findLast((event) => event.type === "model.called" && event.activation === activation && event.call === call);
  return called?.type === "model.called" ? called.offered : [];
}

/** Nodes that an agent called: each has a trace of its own. */
function Calls({ calls }: { calls: readonly string[] }) {
  const nodes = useDocument(({ graph }) => graph.nodes);
  const select = useDocument((state) => state.select);
  return (
    <section className="trace-calls" aria-label="Nodes it called">
      {calls.map((call) => {
        const node = nodes.find(({ id }) => id === call.split("@", 1)[0]);
        return (
          <button key={call} type="button" disabled={!node} onClick={() => node && select([node.id])}>
            <CornerDownRight size={13} aria-hidden="true" />
            {node ? titleOf(node) : call} <span className="faint">call {call.split("#").at(-1)}</span>
          </button>
        );
      })}
    </section>
  );
}
