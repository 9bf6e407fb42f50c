import type { Json, JsonSchema } from "@signalbox/shared/json";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { TextArea } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { type Read, readJsonText, useDraft, writeJsonText } from "../form/drafts.ts";
import { useForm } from "../form/form-context.ts";
import { ProblemLines } from "../form/problem-lines.tsx";
import { addProperty, isBuildable, propertiesIn, putProperty, removeProperty } from "./edit.ts";
import { PropertyCard } from "./property-card.tsx";
import "./schema.css";

interface SchemaBuilderProps {
  id: string;
  label: string;
  place: string;
  schema: JsonSchema | undefined;
  onSchema: (schema: JsonSchema | undefined) => void;
}

/** A JSON Schema as a list of fields, or as the JSON that it is. */
export function SchemaBuilder({ id, label, place, schema, onSchema }: SchemaBuilderProps) {
  const { disabled } = useForm();
  const [wantsJson, setWantsJson] = useState(false);
  const buildable = schema === undefined || isBuildable(schema);
  const asJson = wantsJson || !buildable;
  return (
    <div className="schema-builder">
      <Segments
        label={`How ${label} is written`}
        value={asJson ? "json" : "fields"}
        options={[
          { value: "fields", label: "Fields" },
          { value: "json", label: "JSON Schema" },
        ]}
        onValue={(value) => setWantsJson(value === "json")}
      />
      {asJson ? (
        <>
          {buildable ? null : (
            <p className="field-help">This schema says more than fields can; it is edited as JSON.</p>
          )}
          <SchemaJson id={id} label={label} place={place} schema={schema} onSchema={onSchema} />
        </>
      ) : (
        <Properties id={id} place={place} schema={schema} onSchema={onSchema} disabled={disabled} />
      )}
    </div>
  );
}

interface PropertiesProps extends Omit<SchemaBuilderProps, "label"> {
  disabled: boolean;
}

function Properties({ id, place, schema, onSchema, disabled }: PropertiesProps) {
  const properties = propertiesIn(schema);
  return (
    <>
      {properties.map((property, index) => (
        <PropertyCard
          // by its place: a property that is being renamed stays the same card
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is edited here
          key={index}
          id={`${id}-${index}`}
          place={`${place}.${property.name}`}
          property={property}
          siblings={properties}
          onProperty={(next) => onSchema(putProperty(schema ?? {}, property.name, next))}
          onRemove={() => onSchema(removeProperty(schema ?? {}, property.name))}
          renderInner={(inner) => <Properties {...inner} disabled={disabled} />}
        />
      ))}
      {disabled ? null : (
        <Button size="small" tone="quiet" icon={<Plus size={13} />} onClick={() => onSchema(addProperty(schema))}>
          Add field
        </Button>
      )}
    </>
  );
}

function SchemaJson({ id, label, place, schema, onSchema }: SchemaBuilderProps) {
  const { nodeId, disabled } = useForm();
  const { text, problem, onText, onBlur } = useDraft({
    id: `${nodeId}/${place}/schema`,
    value: schema,
    format: writeJsonText,
    read: readSchemaText,
    // what is read is an object or nothing
    onValue: (value) => onSchema(value as JsonSchema | undefined),
  });
  return (
    <>
      <TextArea
        id={id}
        mono
        rows={8}
        disabled={disabled}
        aria-label={`${label} as JSON Schema`}
        aria-invalid={problem !== undefined}
        value={text}
        onText={onText}
        onBlur={onBlur}
      />
      <ProblemLines problems={problem === undefined ? [] : [{ severity: "error", detail: problem }]} />
    </>
  );
}

function readSchemaText(text: string): Read {
  const read = readJsonText(text);
  if ("problem" in read || read.value === undefined || isObject(read.value)) return read;
  return { problem: 'A JSON Schema is an object, as {"type": "object", "properties": {}}.' };
}

function isObject(value: Json): boolean {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
