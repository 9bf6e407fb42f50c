import type { Failure } from "@signalbox/shared/events";
import type { ToolRun } from "@signalbox/shared/run";
import { Wrench } from "lucide-react";
import { formatMs } from "../../run/format.ts";
import { ValueView } from "../../values/value-view.tsx";
import { durationMs } from "./activations.ts";
import { FailureView } from "./failure-view.tsx";

const resolvedWords: Record<NonNullable<ToolRun["resolved"]>, string> = {
  retry: "A person had it called again.",
  done: "A person said that it was done.",
  fail: "A person said that it failed.",
};

interface ToolCallCardProps {
  call: ToolRun;
  /** How the activation failed: said there already. */
  failure: Failure | undefined;
}

/** One call of a tool: what went out, what came back. */
export function ToolCallCard({ call, failure }: ToolCallCardProps) {
  const { tool, key, arguments: args, result, error, resolved } = call;
  const ms = durationMs(call);
  return (
    <article className="call-card" aria-label={`Tool call ${tool}`}>
      <header>
        <Wrench size={14} aria-hidden="true" />
        <strong>{tool}</strong>
        <span className="call-figures">{`${error ? "failed · " : ""}${ms === undefined ? "under way …" : formatMs(ms)}`}</span>
      </header>
      {args === null ? null : <ValueView title="Arguments" value={args} />}
      {error && error.message !== failure?.message ? <FailureView failure={error} /> : null}
      {result === undefined ? null : <ValueView title="Result" value={result} />}
      {resolved === undefined ? null : <p className="call-facts">{resolvedWords[resolved]}</p>}
      {key === "" ? null : (
        <p
          className="call-facts"
          title="The same for every try of this call: whoever is called can tell a repetition by it."
        >
          Idempotency key <code>{key}</code>
        </p>
      )}
    </article>
  );
}
