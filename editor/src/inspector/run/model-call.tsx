import { isBlobRef } from "@signalbox/shared/events";
import type { ModelCall } from "@signalbox/shared/run";
import { Sparkles } from "lucide-react";
import { formatMs, formatUsage } from "../../run/format.ts";
import { Markdown } from "../../ui/markdown.tsx";
import { ValueView } from "../../values/value-view.tsx";

interface ModelCallCardProps {
  call: ModelCall;
  offered: readonly string[];
  streaming: string | undefined;
}

/** One call of a model: what it cost, what it was offered, what it said. */
export function ModelCallCard({ call, offered, streaming }: ModelCallCardProps) {
  const { connection, model, response } = call;
  const name = connection === model ? model : `${connection}:${model}`;
  return (
    <article className="call-card" aria-label={`Model call ${call.call}`}>
      <header>
        <Sparkles size={14} aria-hidden="true" />
        <strong>{name}</strong>
        {response?.simulated || connection === "simulated" ? <span className="simulated-badge">Simulated</span> : null}
        <span className="call-figures">{response ? formatMs(response.ms) : "answering …"}</span>
      </header>
      {response ? (
        <>
          <p className="call-facts">
            {[
              formatUsage({ ...response.usage, costUsd: response.costUsd }),
              response.costUsd === null ? "price not known" : "",
              stopWords[response.stop] ?? "",
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          <Answer response={response} />
        </>
      ) : streaming === undefined ? null : (
        <p className="streaming-text">{streaming}</p>
      )}
      {offered.length > 0 ? (
        <p className="call-facts">
          Offered tools{" "}
          {offered.map((tool) => (
            <code key={tool}>{tool}</code>
          ))}
        </p>
      ) : null}
    </article>
  );
}

const stopWords: Partial<Record<NonNullable<ModelCall["response"]>["stop"], string>> = {
  length: "cut off: it reached its longest answer",
  refusal: "refused",
  tool_calls: "asked for tools",
};

function Answer({ response }: { response: NonNullable<ModelCall["response"]> }) {
  const { text, refusal, toolCalls, reasoning } = response;
  return (
    <>
      {reasoning === undefined || reasoning === "" ? null : (
        <details className="reasoning">
          <summary>Reasoning</summary>
          {isBlobRef(reasoning) ? <ValueView value={reasoning} /> : <p>{reasoning}</p>}
        </details>
      )}
      {isBlobRef(text) ? (
        <ValueView value={text} />
      ) : text === "" ? null : isJson(text) ? (
        <ValueView value={JSON.parse(text)} />
      ) : (
        <Markdown text={text} />
      )}
      {refusal === undefined || refusal === "" ? null : <p className="refusal">{refusal}</p>}
      {Array.isArray(toolCalls) ? (
        toolCalls.map(({ id, name, arguments: args, malformed }) => (
          <ValueView key={id} title={`Asks for ${name}`} value={malformed ?? args} />
        ))
      ) : (
        <ValueView title="Asks for tools" value={toolCalls} />
      )}
    </>
  );
}

/** Whether a text is an answer in fields: a number or a word alone is text. */
function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
