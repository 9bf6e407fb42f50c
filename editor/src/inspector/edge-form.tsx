import { type GraphEdge, isControlEdge } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { ArrowRight, Spline, Trash2 } from "lucide-react";
import { remove } from "../document/commands.ts";
import { useDocument } from "../document/store.ts";
import { structureOf } from "../document/structure.ts";
import { titleOf } from "../nodes/cards.ts";
import { fixFor } from "../problems/fixes.ts";
import { useFindings } from "../problems/store.ts";
import { Button } from "../ui/button.tsx";
import { BackFields } from "./back-fields.tsx";
import "./node-head.css";

/** One edge: where it comes from, by which way out, where it leads. */
export function EdgeForm({ edge }: { edge: GraphEdge }) {
  const readOnly = useDocument((state) => state.readOnly);
  const select = useDocument((state) => state.select);
  const findings = useFindings().filter((finding) => finding.edge === edge.id);
  const source = useDocument(({ graph }) => graph.nodes.find(({ id }) => id === edge.source));
  const target = useDocument(({ graph }) => graph.nodes.find(({ id }) => id === edge.target));
  const handle = source
    ? factsOf(source.type)
        .handles(source.data)
        .find(({ id }) => id === edge.sourceHandle)
    : undefined;
  const header = useDocument(({ graph }) => structureOf(graph).back.get(edge.id));
  const isFlow = isControlEdge(edge);
  return (
    <div className="panel-body">
      <header className="node-head">
        <span className="node-chip" data-kind="flow">
          <Spline size={16} aria-hidden="true" />
        </span>
        <div className="node-names">
          <h2 className="node-title">{header !== undefined ? "Edge back" : isFlow ? "Edge" : "Permission"}</h2>
          <p className="node-kind">
            <span>
              {header !== undefined
                ? "Leads back: the loop goes around once more."
                : isFlow
                  ? "The target runs after the source."
                  : "The agent may call the target."}
            </span>
          </p>
        </div>
      </header>
      <div className="edge-ends">
        <Button size="small" disabled={!source} onClick={() => select([edge.source])}>
          {source ? titleOf(source) : edge.source}
        </Button>
        <ArrowRight size={14} aria-label="leads to" />
        <Button size="small" disabled={!target} onClick={() => select([edge.target])}>
          {target ? titleOf(target) : edge.target}
        </Button>
      </div>
      <dl className="facts">
        <dt>Way out</dt>
        <dd>
          {handle?.label || edge.sourceHandle} <code>{edge.sourceHandle}</code>
        </dd>
        <dt>Id</dt>
        <dd>
          <code>{edge.id}</code>
        </dd>
      </dl>
      {header === undefined ? null : <BackFields edge={edge} header={header} />}
      {findings.map((finding) => {
        const fix = readOnly ? undefined : fixFor(finding);
        return (
          <div key={finding.code} className="node-problem" data-severity={finding.severity}>
            <p>{finding.detail}</p>
            {fix ? (
              <Button size="small" onClick={fix.apply}>
                {fix.label}
              </Button>
            ) : null}
          </div>
        );
      })}
      {readOnly ? null : (
        <Button icon={<Trash2 size={14} />} onClick={() => remove([], [edge.id])}>
          Delete edge
        </Button>
      )}
    </div>
  );
}
