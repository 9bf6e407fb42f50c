import { ExpressionField } from "../../expression/expression-field.tsx";
import { Select, Switch, TextArea, TextInput } from "../../ui/field.tsx";
import { useDraft } from "./drafts.ts";
import type { EditorProps } from "./editor-props.ts";
import { useForm } from "./form-context.ts";
import { readDuration, readNumber } from "./read-values.ts";

const textOf = (value: EditorProps["value"]) => (typeof value === "string" ? value : "");
/** A field without text is a field that is not there. */
const orNothing = (text: string) => (text === "" ? undefined : text);

export function TextEditor({ id, value, onValue }: EditorProps) {
  const { disabled } = useForm();
  return <TextInput id={id} disabled={disabled} value={textOf(value)} onText={(text) => onValue(orNothing(text))} />;
}

export function MultilineEditor({ id, value, onValue }: EditorProps) {
  const { disabled } = useForm();
  return <TextArea id={id} disabled={disabled} value={textOf(value)} onText={(text) => onValue(orNothing(text))} />;
}

export function ExpressionEditor(props: EditorProps) {
  return <Expression {...props} kind="expression" />;
}

export function TemplateEditor(props: EditorProps) {
  return <Expression {...props} kind="template" />;
}

export function TemplateMultilineEditor(props: EditorProps) {
  return <Expression {...props} kind="template" multiline />;
}

function Expression({
  id,
  field,
  place,
  value,
  onValue,
  kind,
  multiline = false,
}: EditorProps & { kind: "expression" | "template"; multiline?: boolean }) {
  const { nodeId, disabled, findings } = useForm();
  return (
    <ExpressionField
      id={id}
      label={field.title}
      kind={kind}
      multiline={multiline}
      nodeId={nodeId}
      place={place}
      findings={findings}
      disabled={disabled}
      value={textOf(value)}
      onText={(text) => onValue(orNothing(text))}
    />
  );
}

export function NumberEditor({ id, field, place, value, onValue }: EditorProps) {
  const { nodeId, disabled } = useForm();
  const { problem, ...draft } = useDraft({
    id: `${nodeId}/${place}`,
    value,
    onValue,
    format: (number) => (typeof number === "number" ? String(number) : ""),
    read: (text) => readNumber(text, field.schema),
  });
  return <DraftInput id={id} disabled={disabled} problem={problem} inputMode="decimal" {...draft} />;
}

export function DurationEditor({ id, place, value, onValue }: EditorProps) {
  const { nodeId, disabled } = useForm();
  const { problem, ...draft } = useDraft({
    id: `${nodeId}/${place}`,
    value,
    onValue,
    format: textOf,
    read: readDuration,
  });
  return <DraftInput id={id} disabled={disabled} problem={problem} placeholder="30s, 5m, 2h" {...draft} />;
}

interface DraftInputProps {
  id: string;
  disabled: boolean;
  text: string;
  problem: string | undefined;
  onText: (text: string) => void;
  onBlur: () => void;
  inputMode?: "decimal";
  placeholder?: string;
}

function DraftInput({ id, text, problem, ...native }: DraftInputProps) {
  return (
    <>
      <TextInput
        id={id}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        {...native}
      />
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className="field-problem" data-severity="error" role="status">
          {problem}
        </p>
      )}
    </>
  );
}

export function ToggleEditor({ id, field, value, onValue }: EditorProps) {
  const { disabled } = useForm();
  return (
    <>
      <Switch
        id={id}
        label={field.title}
        disabled={disabled}
        checked={value === true}
        onChecked={(checked) => onValue(checked ? true : undefined)}
      />
      {field.help === undefined ? null : <p className="field-help toggle-help">{field.help}</p>}
    </>
  );
}

export function ChoiceEditor({ id, field, place, value, onValue }: EditorProps) {
  const { disabled, required } = useForm();
  const index = field.choices.findIndex((choice) => choice.value === (value ?? field.usual));
  const isAlwaysOne = field.usual !== undefined || (required.has(place) && index >= 0);
  const unset = isAlwaysOne ? [] : [{ value: "", label: "Not set" }];
  const choose = (text: string) => {
    const chosen = text === "" ? undefined : field.choices[Number(text)]?.value;
    // what holds anyway need not be written
    onValue(chosen === field.usual ? undefined : chosen);
  };
  return (
    <Select
      id={id}
      disabled={disabled}
      value={index < 0 ? "" : String(index)}
      options={[...unset, ...field.choices.map(({ label }, at) => ({ value: String(at), label }))]}
      onValue={choose}
    />
  );
}
