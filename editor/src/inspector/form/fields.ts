import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";
import type { FieldEditor } from "@signalbox/shared/nodes";

/** How a field is edited: the word of its schema, or what follows from its type. */
export type EditorName =
  | Exclude<FieldEditor, "hidden">
  | "workflow"
  | "workflow-version"
  | "number"
  | "toggle"
  | "choice"
  | "union"
  | "group"
  | "json";

/** One of a few values, and the word for it. */
interface Choice {
  value: Json;
  label: string;
}

/** A form of a union that holds one more value: `{ count: 2 }`. */
interface Variant {
  label: string;
  field: FormField;
}

/** One field of a form. */
export interface FormField {
  name: string;
  title: string;
  help: string | undefined;
  editor: EditorName;
  schema: JsonSchema;
  choices: readonly Choice[];
  variants: readonly Variant[];
  /** Of a group. */
  fields: readonly FormField[];
  /** The choice that holds while nothing is chosen. */
  usual: Json | undefined;
  /** Rarely needed. */
  more: boolean;
  /** Shown only while other fields have these values. */
  onlyWhen: JsonObject;
}

/** These stand in the head of every node's form. */
const inHead: ReadonlySet<string> = new Set(["label", "comment"]);

/** The fields of a node's data, from the JSON Schema of that data, in the order in which they were declared. */
export function formFields(schema: JsonSchema): FormField[] {
  return properties(schema).flatMap(([name, property]) => (inHead.has(name) ? [] : fieldOf(name, property)));
}

/** Whether a field matters while the node's data are these; of a field that is not set its usual value counts. */
export function isShown(
  { onlyWhen }: FormField,
  data: Readonly<Record<string, unknown>>,
  fields: readonly FormField[] = [],
): boolean {
  const usual = (name: string) => fields.find((field) => field.name === name)?.usual;
  return Object.entries(onlyWhen).every(([name, value]) => (data[name] ?? usual(name)) === value);
}

function fieldOf(name: string, schema: JsonSchema): FormField[] {
  if (schema.editor === "hidden") return [];
  const labels = asObject(schema.labels);
  const branches = unionOf(schema);
  const field: FormField = {
    name,
    title: typeof schema.title === "string" ? schema.title : name,
    help: typeof schema.description === "string" ? schema.description : undefined,
    editor: editorOf(schema),
    schema,
    choices: branches.flatMap(choicesOf).map((value) => ({ value, label: labelOf(value, labels) })),
    variants: branches.flatMap((branch) => variantOf(branch, labels)),
    fields: properties(schema).flatMap(([inner, property]) => fieldOf(inner, property)),
    usual: schema.usual,
    more: schema.more === true,
    onlyWhen: asObject(schema.onlyWhen),
  };
  return [field];
}

function editorOf(schema: JsonSchema): EditorName {
  // what the types of nodes declare is one of the words of `FieldEditor`
  if (typeof schema.editor === "string") return schema.editor as EditorName;
  if (Array.isArray(schema.anyOf)) return "union";
  if (Array.isArray(schema.enum)) return "choice";
  if (schema.type === "boolean") return "toggle";
  if (schema.type === "number" || schema.type === "integer") return "number";
  if (schema.type === "string") return "text";
  return schema.type === "object" && properties(schema).length > 0 ? "group" : "json";
}

/** The forms of a union, unions inside it laid open. */
function unionOf(schema: JsonSchema): JsonSchema[] {
  if (!Array.isArray(schema.anyOf)) return [schema];
  return schema.anyOf.flatMap((branch) => unionOf(asObject(branch)));
}

function choicesOf({ enum: listed, const: only }: JsonSchema): Json[] {
  if (Array.isArray(listed)) return listed;
  return only === undefined ? [] : [only];
}

function variantOf(branch: JsonSchema, labels: JsonObject): Variant[] {
  const [only, ...others] = properties(branch);
  if (!only || others.length > 0) return [];
  const [name, property] = only;
  return fieldOf(name, property).map((field) => ({ label: labelOf(name, labels), field }));
}

function labelOf(value: Json, labels: JsonObject): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const label = labels[text];
  return typeof label === "string" ? label : text;
}

function properties(schema: JsonSchema): [string, JsonSchema][] {
  return Object.entries(asObject(schema.properties)).map(([name, property]) => [name, asObject(property)]);
}

/** A value as an object; empty where it is none. */
export function asObject(value: Json | undefined): JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}
