import { useId } from "react";
import { renameWorkflow, setDescription } from "../document/commands.ts";
import { useDocument } from "../document/store.ts";
import { useFindings } from "../problems/store.ts";
import { Field, TextArea, TextInput } from "../ui/field.tsx";
import { useDraft } from "./form/drafts.ts";
import { FormProvider } from "./form/form-context.ts";
import { ProblemLines } from "./form/problem-lines.tsx";
import { InputSchema } from "./input-schema.tsx";

const none: ReadonlySet<string> = new Set();

/** The workflow itself: what it is called, what it is for, what it takes in. */
export function WorkflowForm() {
  const readOnly = useDocument((state) => state.readOnly);
  const name = useDocument(({ graph }) => graph.name);
  const description = useDocument(({ graph }) => graph.description);
  const isEmpty = useDocument(({ graph }) => graph.nodes.length === 0);
  const id = useId();
  const { text, problem, onText, onBlur } = useDraft({
    id: "workflow/name",
    value: name,
    format: () => name,
    read: (next) => (next.trim() === "" ? { problem: "A workflow needs a name." } : { value: next }),
    onValue: (next) => renameWorkflow(typeof next === "string" ? next : name),
  });
  const findings = useFindings().filter(({ node }) => node === undefined);
  return (
    <FormProvider value={{ nodeId: "", disabled: readOnly, findings, required: none, isUsed: false }}>
      <div className="panel-body">
        <h2 className="panel-title">Workflow</h2>
        <Field label="Name" htmlFor={`${id}-name`}>
          <TextInput
            id={`${id}-name`}
            disabled={readOnly}
            maxLength={200}
            value={text}
            onText={onText}
            onBlur={onBlur}
            aria-invalid={problem !== undefined}
          />
          <ProblemLines problems={problem === undefined ? [] : [{ severity: "error", detail: problem }]} />
        </Field>
        <Field label="Description" htmlFor={`${id}-description`}>
          <TextArea
            id={`${id}-description`}
            disabled={readOnly}
            maxLength={5000}
            value={description ?? ""}
            onText={setDescription}
            placeholder="What it is for"
          />
        </Field>
        <InputSchema />
        {isEmpty ? null : <p className="panel-hint">Select a node or an edge to set it up.</p>}
      </div>
    </FormProvider>
  );
}
