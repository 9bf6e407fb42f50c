import { useId } from "react";
import { setInput } from "../document/commands.ts";
import { useDocument } from "../document/store.ts";
import { Field } from "../ui/field.tsx";
import { SchemaBuilder } from "./schema/schema-builder.tsx";

/** What the workflow takes in: set at the workflow, and where its runs begin. */
export function InputSchema() {
  const id = useId();
  const input = useDocument(({ graph }) => graph.input);
  return (
    <Field label="Input" path="input">
      <p className="field-help composite-help">What a run is given. Expressions know it as input.</p>
      <SchemaBuilder id={id} label="Input" place="input" schema={input} onSchema={setInput} />
    </Field>
  );
}
