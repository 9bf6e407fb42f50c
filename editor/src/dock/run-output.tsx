import { isBlobRef } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import { isOpenStatus } from "../run/format.ts";
import type { RunSummaryView } from "../run/hooks.ts";
import { ValueView } from "../values/value-view.tsx";

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
          {isOpenStatus(status) ? <p className="faint">Not there yet.</p> : <Outcome value={output} />}
        </section>
      )}
      <section>
        <h3>Input</h3>
        <Outcome value={input} />
      </section>
    </div>
  );
}

/** What the run gave or was given. A value too large for the log is shown by how it begins, and whole when asked for. */
function Outcome({ value }: { value: Json }) {
  if (isBlobRef(value)) return <ValueView value={value} />;
  return <pre>{typeof value === "string" ? value : JSON.stringify(value, null, 2)}</pre>;
}
