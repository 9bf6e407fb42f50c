import { type GraphNode, usesHandle } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import { factsOf } from "@signalbox/shared/nodes";
import type { Finding } from "@signalbox/shared/validation";
import { type ReactNode, useEffect, useId, useMemo, useRef } from "react";
import { create } from "zustand";
import { setField } from "../document/commands.ts";
import { useDocument } from "../document/store.ts";
import { fixFor } from "../problems/fixes.ts";
import { isWithin, keyed, placeOf, shortDetail } from "../problems/place.ts";
import { useNodeFindings } from "../problems/store.ts";
import { Button } from "../ui/button.tsx";
import { Field, TextArea } from "../ui/field.tsx";
import { focusPlace } from "./focus-place.ts";
import { type FormField, isShown } from "./form/fields.ts";
import { FormProvider } from "./form/form-context.ts";
import { FormFieldRow } from "./form/form-field.tsx";
import { fieldsOfType } from "./form/type-fields.ts";
import { InputSchema } from "./input-schema.tsx";
import { Uses } from "./uses.tsx";
import { Ways } from "./ways.tsx";

/** Everything that can be set at a node, from what its type declares. */
export function NodeForm({ node }: { node: GraphNode }) {
  const readOnly = useDocument((state) => state.readOnly);
  const focusPath = useDocument((state) => state.focusPath);
  const findings = useNodeFindings(node.id);
  const isUsed = useDocument(({ graph }) =>
    graph.edges.some(({ target, sourceHandle }) => target === node.id && sourceHandle === usesHandle),
  );
  const form = useRef<HTMLDivElement>(null);
  const commentId = useId();
  const facts = factsOf(node.type);
  const data = node.data as Readonly<Record<string, Json | undefined>>;
  const required = useMemo(() => requiredPlaces(node, isUsed), [node, isUsed]);
  useEffect(() => {
    if (focusPath === undefined || !form.current) return;
    focusPlace(form.current, focusPath);
    // said once: the same finding may lead here again
    useDocument.setState({ focusPath: undefined });
  }, [focusPath]);

  const fields = fieldsOfType(node.type);
  const shown = fields.filter((field) => isShown(field, data, fields) || data[field.name] !== undefined);
  const row = (field: FormField) => (
    <FormFieldRow
      key={field.name}
      field={field}
      place={`data.${field.name}`}
      value={data[field.name]}
      onValue={(value) => setField(node.id, field.name, value)}
    />
  );
  const main = shown.filter(({ more }) => !more);
  const more = shown.filter((field) => field.more);
  const homeless = findings.filter(
    (finding) => finding.edge !== undefined || !shown.some(({ name }) => isWithin(placeOf(finding), `data.${name}`)),
  );
  return (
    <FormProvider value={{ nodeId: node.id, disabled: readOnly, findings, required, isUsed }}>
      <div ref={form} className="node-form">
        <p className="node-summary">{facts.summary}</p>
        <NodeProblems findings={homeless} />
        {facts.usable ? <Uses nodeId={node.id} side="called-by" /> : null}
        {facts.role === "entry" ? <InputSchema /> : null}
        {main.map(row)}
        {facts.uses ? <Uses nodeId={node.id} side="may-call" /> : null}
        {isUsed ? null : <Ways node={node} />}
        <More count={more.filter(({ name }) => data[name] !== undefined).length + (data.comment ? 1 : 0)}>
          {more.map(row)}
          <Field label="Comment" htmlFor={commentId} help="For people; it has no effect on a run." path="data.comment">
            <TextArea
              id={commentId}
              rows={2}
              disabled={readOnly}
              value={typeof data.comment === "string" ? data.comment : ""}
              onText={(text) => setField(node.id, "comment", text === "" ? undefined : text)}
            />
          </Field>
        </More>
      </div>
    </FormProvider>
  );
}

/** Whether the rarely needed fields are shown: whoever wants them at one node wants them at the next. */
const useMore = create<{ open: boolean }>(() => ({ open: false }));

function More({ count, children }: { count: number; children: ReactNode }) {
  const { open } = useMore();
  return (
    <details className="more" open={open} onToggle={(event) => useMore.setState({ open: event.currentTarget.open })}>
      <summary>More{count > 0 ? <span className="more-count"> · {count} set</span> : null}</summary>
      <div className="more-fields">{children}</div>
    </details>
  );
}

/** What is wrong with the node as a whole, or with what has no field here. */
function NodeProblems({ findings }: { findings: readonly Finding[] }) {
  const readOnly = useDocument((state) => state.readOnly);
  return keyed(findings).map(({ key, finding }) => {
    const fix = readOnly ? undefined : fixFor(finding);
    return (
      <div key={key} className="node-problem" data-severity={finding.severity}>
        <p>{shortDetail(finding)}</p>
        {fix ? (
          <Button size="small" onClick={fix.apply}>
            {fix.label}
          </Button>
        ) : null}
      </div>
    );
  });
}

function requiredPlaces(node: GraphNode, isUsed: boolean): ReadonlySet<string> {
  const facts = factsOf(node.type);
  // what an agent gives when it calls the node need not be written here
  const needed = facts.required(node.data).filter((field) => !(isUsed && facts.requiredInFlow.includes(field)));
  return new Set(needed.map((field) => `data.${field}`));
}
