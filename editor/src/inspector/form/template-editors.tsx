import type { Json } from "@signalbox/shared/json";
import { useState } from "react";
import { ExpressionField } from "../../expression/expression-field.tsx";
import { Segments } from "../../ui/segments.tsx";
import type { EditorProps } from "./editor-props.ts";
import { asObject } from "./fields.ts";
import { useForm } from "./form-context.ts";
import { JsonText } from "./json-editor.tsx";
import { MapEditor } from "./map-editor.tsx";
import { rewritten, type Writing, writingOf } from "./rows.ts";

/** Named templates: what a step passes on, what a person is shown. */
export function TemplateMapEditor({ id, place, value, onValue }: EditorProps) {
  return <MapEditor id={id} place={place} word="value" map={asObject(value)} onMap={onValue} />;
}

/** Text, named values or any JSON, all with `{{ }}` inside. */
export function TemplateJsonEditor({ id, field, place, value, onValue }: EditorProps) {
  return <TemplateValue id={id} label={field.title} place={place} value={value} onValue={onValue} />;
}

interface TemplateValueProps {
  id: string;
  label: string;
  place: string;
  value: Json | undefined;
  onValue: (value: Json | undefined) => void;
  /** How it is written while there is nothing yet. */
  start?: Writing;
}

/** A value of any kind, with a choice of how to write it. */
export function TemplateValue({ id, label, place, value, onValue, start = "text" }: TemplateValueProps) {
  const { nodeId, disabled, findings } = useForm();
  const [asJson, setAsJson] = useState(start === "json" && value === undefined);
  const writing = asJson ? "json" : writingOf(value);
  const choose = (to: Writing) => {
    setAsJson(to === "json");
    const next = rewritten(value, to);
    if (next !== value) onValue(next);
  };
  return (
    <div className="template-value">
      <Segments
        label={`How ${label} is written`}
        value={writing}
        disabled={disabled}
        options={[
          { value: "text", label: "Text" },
          { value: "fields", label: "Fields" },
          { value: "json", label: "JSON" },
        ]}
        onValue={choose}
      />
      {writing === "text" ? (
        <ExpressionField
          id={id}
          label={label}
          kind="template"
          multiline
          nodeId={nodeId}
          place={place}
          findings={findings}
          disabled={disabled}
          value={typeof value === "string" ? value : ""}
          onText={(text) => onValue(text === "" ? undefined : text)}
        />
      ) : writing === "fields" ? (
        <MapEditor id={id} place={place} word="value" map={asObject(value)} onMap={onValue} />
      ) : (
        <JsonText id={id} label={label} place={place} rows={5} value={value} onValue={onValue} />
      )}
    </div>
  );
}
