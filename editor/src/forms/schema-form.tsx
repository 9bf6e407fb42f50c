import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";
import { useEffect, useId, useRef, useState } from "react";
import { Field, Select, Switch, TextArea, TextInput } from "../ui/field.tsx";
import { type FormField, fieldsOf } from "./schema-fields.ts";

interface SchemaFormProps {
  schema: JsonSchema;
  value: JsonObject;
  onValue: (value: JsonObject) => void;
  disabled?: boolean;
}

/** A form for an object that a JSON Schema describes; what has no control of its own is written as JSON. */
export function SchemaForm({ schema, value, onValue, disabled = false }: SchemaFormProps) {
  const base = useId();
  const set = (name: string, next: Json | undefined) => {
    const { [name]: _was, ...rest } = value;
    onValue(next === undefined ? rest : { ...value, [name]: next });
  };
  return fieldsOf(schema).map((field) => (
    <SchemaField
      key={field.name}
      id={`${base}-${field.name}`}
      field={field}
      value={value[field.name]}
      onValue={(next) => set(field.name, next)}
      disabled={disabled}
    />
  ));
}

interface SchemaFieldProps {
  id: string;
  field: FormField;
  value: Json | undefined;
  onValue: (value: Json | undefined) => void;
  disabled: boolean;
}

function SchemaField({ id, field, value, onValue, disabled }: SchemaFieldProps) {
  const { title, help, required, kind } = field;
  if (kind === "boolean") {
    return <Switch id={id} label={title} checked={value === true} onChecked={onValue} disabled={disabled} />;
  }
  return (
    <Field label={title} htmlFor={id} required={required} help={help}>
      {kind === "choice" ? (
        <Select
          id={id}
          disabled={disabled}
          value={JSON.stringify(value ?? null)}
          options={[
            ...(required && value !== undefined ? [] : [{ value: "null", label: "Choose …" }]),
            ...field.choices.map((choice) => ({
              value: JSON.stringify(choice),
              label: typeof choice === "string" ? choice : JSON.stringify(choice),
            })),
          ]}
          onValue={(text) => onValue(text === "null" ? undefined : (JSON.parse(text) as Json))}
        />
      ) : kind === "text" ? (
        <TextArea
          id={id}
          disabled={disabled}
          required={required}
          rows={1}
          value={typeof value === "string" ? value : ""}
          onText={(text) => onValue(text === "" && !required ? undefined : text)}
        />
      ) : kind === "number" ? (
        <TextInput
          id={id}
          disabled={disabled}
          required={required}
          inputMode="decimal"
          defaultValue={typeof value === "number" ? String(value) : ""}
          onText={(text) =>
            onValue(text.trim() === "" ? undefined : Number.isFinite(Number(text)) ? Number(text) : text)
          }
        />
      ) : (
        <JsonInput id={id} value={value} onValue={onValue} disabled={disabled} required={required} />
      )}
    </Field>
  );
}

interface JsonInputProps extends Omit<SchemaFieldProps, "field"> {
  required?: boolean;
}

/** Any JSON as text. What is no JSON yet stays in the field, is said, and keeps the form from being sent. */
export function JsonInput({ id, value, onValue, disabled, required = false }: JsonInputProps) {
  const [text, setText] = useState(() => (value === undefined ? "" : JSON.stringify(value, null, 2)));
  const [problem, setProblem] = useState<string>();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.setCustomValidity(problem ?? ""), [problem]);
  return (
    <>
      <TextArea
        ref={area}
        id={id}
        mono
        required={required}
        disabled={disabled}
        value={text}
        aria-invalid={problem !== undefined}
        onText={(next) => {
          setText(next);
          const read = readJson(next);
          setProblem("problem" in read ? read.problem : undefined);
          if ("value" in read) onValue(read.value);
        }}
      />
      {problem === undefined ? null : (
        <p className="field-problem" data-severity="error">
          {problem}
        </p>
      )}
    </>
  );
}

function readJson(text: string): { value: Json | undefined } | { problem: string } {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { problem: `This is no JSON yet: ${error instanceof Error ? error.message : String(error)}` };
  }
}
