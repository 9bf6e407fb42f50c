import type { Json } from "@signalbox/shared/json";
import { Select } from "../../ui/field.tsx";
import type { EditorProps } from "./editor-props.ts";
import { asObject } from "./fields.ts";
import { useForm } from "./form-context.ts";

/** Fields that belong together; a group of which nothing is set is not there. */
export function GroupEditor({ field, place, value, onValue, Row }: EditorProps) {
  const held = asObject(value);
  const set = (name: string, next: Json | undefined) => {
    const { [name]: _was, ...rest } = held;
    const group = next === undefined ? rest : { ...held, [name]: next };
    onValue(Object.keys(group).length === 0 ? undefined : group);
  };
  return (
    <div className="form-group" data-grid="">
      {field.fields.map((inner) => (
        <Row
          key={inner.name}
          field={inner}
          place={`${place}.${inner.name}`}
          value={held[inner.name]}
          onValue={(next) => set(inner.name, next)}
        />
      ))}
    </div>
  );
}

/** A word, or a form that holds one more value: `"all"` or `{ count: 2 }`. */
export function UnionEditor({ id, field, place, value, onValue, Row }: EditorProps) {
  const { disabled } = useForm();
  const choice = field.choices.findIndex((one) => one.value === (value ?? field.usual));
  const held = asObject(value);
  const variant = field.variants.find((one) => Object.hasOwn(held, one.field.name));
  const options = [
    ...(field.usual === undefined ? [{ value: "", label: "Not set" }] : []),
    ...field.choices.map(({ label }, at) => ({ value: `c${at}`, label })),
    ...field.variants.map(({ label, field: inner }) => ({ value: `v${inner.name}`, label })),
  ];
  const choose = (text: string) => {
    const chosen = text.startsWith("c") ? field.choices[Number(text.slice(1))]?.value : undefined;
    // what holds anyway need not be written
    if (chosen !== undefined) onValue(chosen === field.usual ? undefined : chosen);
    else if (text.startsWith("v")) onValue({ [text.slice(1)]: startOf(field, text.slice(1)) });
    else onValue(undefined);
  };
  return (
    <>
      <Select
        id={id}
        disabled={disabled}
        value={variant ? `v${variant.field.name}` : choice < 0 ? "" : `c${choice}`}
        options={options}
        onValue={choose}
      />
      {variant ? (
        <Row
          field={variant.field}
          place={`${place}.${variant.field.name}`}
          value={held[variant.field.name]}
          onValue={(next) => {
            // the form needs its value: while it is being written the last one holds
            if (next !== undefined) onValue({ [variant.field.name]: next });
          }}
        />
      ) : null}
    </>
  );
}

/** What a form of a union starts with, so that it is never without its value. */
function startOf({ variants }: EditorProps["field"], name: string): Json {
  const schema = variants.find(({ field }) => field.name === name)?.field.schema;
  if (schema?.type !== "integer" && schema?.type !== "number") return "";
  return typeof schema.minimum === "number" ? schema.minimum : 0;
}
