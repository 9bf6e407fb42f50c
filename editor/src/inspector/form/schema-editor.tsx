import type { JsonSchema } from "@signalbox/shared/json";
import { SchemaBuilder } from "../schema/schema-builder.tsx";
import type { EditorProps } from "./editor-props.ts";
import { asObject } from "./fields.ts";

/** The shape of an answer or of a form, as fields. */
export function SchemaEditor({ id, field, place, value, onValue }: EditorProps) {
  const schema: JsonSchema | undefined = value === undefined ? undefined : asObject(value);
  return <SchemaBuilder id={id} label={field.title} place={place} schema={schema} onSchema={onValue} />;
}
