import { isBlobRef } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import { isOpenStatus } from "../run/format.ts";
import type { RunSummaryView } from "../run/hooks.ts";

/** What the run gave, or why it failed, and what it was given. */
export function RunOutput({ summary: { status, output, error, input } }: { summary: RunSummaryView }) {
  return (
    <div className="run-output">
      {error ? (
        <section className="run-error">
          <h3>
            {error.code}
            {error.node === undefined ? "" : ` at ${error.node}`}
          </h3>
          <p>{error.message}</p>
        </section>
      ) : (
        <section>
          <h3>Output</h3>
          {isOpenStatus(status) ? <p className="faint">Not there yet.</p> : <pre>{textOf(output)}</pre>}
        </section>
      )}
      <section>
        <h3>Input</h3>
        <pre>{textOf(input)}</pre>
      </section>
    </div>
  );
}

function textOf(value: Json): string {
  if (isBlobRef(value)) return `${value.preview} … (${value.bytes.toLocaleString("en")} bytes)`;
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
