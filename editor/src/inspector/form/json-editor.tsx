import { TextArea } from "../../ui/field.tsx";
import { readJsonText, useDraft, writeJsonText } from "./drafts.ts";
import type { EditorProps } from "./editor-props.ts";
import { useForm } from "./form-context.ts";

interface JsonTextProps extends Pick<EditorProps, "id" | "place" | "value" | "onValue"> {
  label: string;
  rows?: number;
}

/** Any JSON, as text. */
export function JsonText({ id, place, value, onValue, label, rows = 3 }: JsonTextProps) {
  const { nodeId, disabled } = useForm();
  const { text, problem, onText, onBlur } = useDraft({
    id: `${nodeId}/${place}/json`,
    value,
    onValue,
    format: writeJsonText,
    read: readJsonText,
  });
  return (
    <>
      <TextArea
        id={id}
        mono
        rows={rows}
        disabled={disabled}
        aria-label={label}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        value={text}
        onText={onText}
        onBlur={onBlur}
      />
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className="field-problem" data-severity="error" role="status">
          {problem}
        </p>
      )}
    </>
  );
}

export function JsonEditor({ id, field, place, value, onValue }: EditorProps) {
  return <JsonText id={id} label={field.title} place={place} value={value} onValue={onValue} />;
}
