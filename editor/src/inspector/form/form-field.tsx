import { useId } from "react";
import { Field } from "../../ui/field.tsx";
import type { RowProps } from "./editor-props.ts";
import { editors } from "./editors.ts";
import { problemsAt, useForm } from "./form-context.ts";
import "./form.css";

/** One field of a form: label, control, what is wrong, help. */
export function FormFieldRow({ field, place, value, onValue }: RowProps) {
  const id = useId();
  const { findings, required } = useForm();
  const { Editor, composite = false, bare = false } = editors[field.editor];
  const control = <Editor id={id} field={field} place={place} value={value} onValue={onValue} Row={FormFieldRow} />;
  if (bare) return <div data-path={place}>{control}</div>;
  const isMissing = required.has(place) && (value === undefined || value === "");
  return (
    <Field
      label={field.title}
      {...(composite ? {} : { htmlFor: id })}
      help={composite ? undefined : field.help}
      required={isMissing}
      problems={problemsAt(findings, place, !composite)}
      path={place}
    >
      {composite && field.help !== undefined ? <p className="field-help composite-help">{field.help}</p> : null}
      {control}
    </Field>
  );
}
