import type { GraphNode } from "@signalbox/shared/graph";
import type { Finding } from "@signalbox/shared/validation";
import { CircleCheck, OctagonX, TriangleAlert } from "lucide-react";
import { useId } from "react";
import { useDocument } from "../document/store.ts";
import { titleOf } from "../nodes/cards.ts";
import { Button } from "../ui/button.tsx";
import { fixFor } from "./fixes.ts";
import { isMissing, keyed, placeOf, shortDetail } from "./place.ts";
import { useFindings } from "./store.ts";
import "./problems-list.css";

/** What is wrong with the drawing: worst first; each line leads to its place. */
export function ProblemsList() {
  const findings = useFindings();
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  if (findings.length === 0) {
    return (
      <div className="problems-none">
        <CircleCheck size={20} aria-hidden="true" />
        <p>No problems</p>
        <p className="faint">This workflow can be run.</p>
      </div>
    );
  }
  return (
    <div className="problems">
      <Group title="Errors" hint="keep it from being run" findings={errors} />
      <Group title="Warnings" hint="worth a look" findings={warnings} />
    </div>
  );
}

function Group({ title, hint, findings }: { title: string; hint: string; findings: readonly Finding[] }) {
  const heading = useId();
  const nodes = useDocument(({ graph }) => graph.nodes);
  if (findings.length === 0) return null;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className="problems-title">
        {title} <span className="faint">{hint}</span>
      </h3>
      <ul>
        {keyed(findings).map(({ key, finding }) => (
          <Line key={key} finding={finding} node={finding.node === undefined ? undefined : byId.get(finding.node)} />
        ))}
      </ul>
    </section>
  );
}

function Line({ finding, node }: { finding: Finding; node: GraphNode | undefined }) {
  const { severity, edge } = finding;
  const readOnly = useDocument((state) => state.readOnly);
  const fix = readOnly ? undefined : fixFor(finding);
  const Icon = severity === "error" ? OctagonX : TriangleAlert;
  const go = () => {
    const { focusField, select } = useDocument.getState();
    if (edge !== undefined) select([], [edge]);
    else if (node) focusField(node.id, placeOf(finding) || undefined);
  };
  return (
    <li className="problem" data-severity={severity}>
      <button type="button" onClick={go} disabled={!node && edge === undefined}>
        <Icon size={14} aria-label={severity === "error" ? "Error" : "Warning"} />
        <span>
          {node ? <strong>{titleOf(node)}</strong> : null}
          <span>{sentence(finding)}</span>
        </span>
      </button>
      {fix ? (
        <Button size="small" onClick={fix.apply}>
          {fix.label}
        </Button>
      ) : null}
    </li>
  );
}

/** Under the node's name, what is missing is said with its own name. */
function sentence(finding: Finding): string {
  const quoted = isMissing(finding) ? /"[^"]+"/.exec(finding.detail)?.[0] : undefined;
  return quoted === undefined ? shortDetail(finding) : `${quoted} is needed before this can run.`;
}
