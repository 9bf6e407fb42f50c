import * as z from "zod";
import type { Json, JsonSchema } from "../json/index.ts";

/** Where an edge may leave a node. `tone` lets the editor colour what is not the usual way out. */
export interface Handle {
  id: string;
  label: string;
  tone?: "good" | "bad";
}

/** One place in a node's data where CEL is written: bare, or between `{{ }}` in text. */
export interface ExpressionSite {
  /** From the node's `data`: `["cases", 0, "when"]`. */
  path: readonly (string | number)[];
  source: string;
  kind: "expression" | "template";
  expect: "boolean" | "list" | "timestamp" | "any";
  /** Names in scope here and nowhere else: `args` of a tool's constraint. */
  locals?: readonly { name: string; schema: JsonSchema | null }[];
  /** Looked at inside the frame, after what it holds has run. */
  inside?: true;
}

/** What a node type needs to know of others to state the shape of its output. */
export interface OutputContext {
  tool: (name: string) => { output: JsonSchema } | undefined;
}

/** How the interpreter treats a node: it asks this, never which type the node is. */
export type Role =
  /** Where a run begins. */
  | "entry"
  /** Ends its path and contributes to the output. */
  | "exit"
  /** Works: at once or later, engine's runner says how. */
  | "step"
  /** Holds other nodes and runs them. */
  | "frame"
  /** Only on the canvas. */
  | "remark";

/** How a field is edited in the inspector, beyond what its JSON Schema says. Stored as the schema's `editor` word. */
export type FieldEditor =
  | "text"
  | "multiline"
  | "markdown"
  | "expression"
  | "template"
  | "template-multiline"
  | "template-map"
  | "template-json"
  | "duration"
  | "model"
  | "tool"
  | "arguments"
  | "json-schema"
  | "cases"
  | "assignees"
  | "assignee"
  | "credential"
  | "hidden";

export interface Declaration<Type extends string, Data extends z.ZodObject> {
  type: Type;
  title: string;
  /** One sentence for the palette: what it does for the person who draws. */
  summary: string;
  group: "flow" | "work" | "people" | "data" | "canvas";
  role: Role;
  /** Whether this version of the engine runs it; what it does not is refused by the validator. */
  runnable: boolean;
  /** Shape only: every field optional, so that a draft with gaps can be stored. */
  data: Data;
  /** Paths in `data` that must be filled before it can run. */
  required: (data: z.infer<Data>) => readonly string[];
  /** Of the required ones, those that an agent gives when it calls the node. */
  requiredInFlow: readonly string[];
  /** Paths in `data` that may be stored but are not carried out yet: a permission that is not kept must not pass. */
  unsupported: (data: z.infer<Data>) => readonly string[];
  /** Fields of which one may be set; of several, the first counts. */
  exclusive: readonly (string & keyof z.infer<Data>)[];
  /** Fields that have an effect only beside another, which is named. */
  onlyWith: Readonly<Partial<Record<string & keyof z.infer<Data>, string & keyof z.infer<Data>>>>;
  handles: (data: z.infer<Data>) => readonly Handle[];
  /** Has a `uses` handle: may call what is wired to it. */
  uses: boolean;
  /** May be wired to a `uses` handle. */
  usable: boolean;
  expressions: (data: z.infer<Data>) => readonly ExpressionSite[];
  /** Fields of `data` that hold a JSON Schema. */
  schemas: readonly (string & keyof z.infer<Data>)[];
  /** The shape of the node's output, or null where nobody can know before it has run. */
  output: (data: z.infer<Data>, context: OutputContext) => JsonSchema | null;
  /** What a new one of this type starts with. */
  initial: z.infer<Data>;
}

type Optional = "requiredInFlow" | "unsupported" | "exclusive" | "onlyWith" | "schemas";

/** Declares a node type: facts only. How it runs is the engine's, how it looks the editor's. */
export function defineNode<const Type extends string, Data extends z.ZodObject>(
  declaration: Omit<Declaration<Type, Data>, Optional> & Partial<Pick<Declaration<Type, Data>, Optional>>,
) {
  const node = z.strictObject({
    id: NodeId,
    type: z.literal(declaration.type),
    parentId: NodeId.optional(),
    data: declaration.data,
    position: Point,
    width: z.number().positive().max(100_000).optional(),
    height: z.number().positive().max(100_000).optional(),
  });
  const usual = { requiredInFlow: [], unsupported: () => [], exclusive: [], onlyWith: {}, schemas: [] };
  return { ...usual, ...declaration, node };
}

/** A name that is also a name in expressions. */
export const idPattern = /^[a-z][a-z0-9_]{0,62}$/;

const reservedByCel =
  "true false null in as break const continue else for function if import let loop package namespace return var void while " +
  "int uint double bool string bytes list map type null_type " +
  // the first words of its longer names: google.protobuf.Timestamp, optional.of, cel.bind
  "google optional cel prototype";
const reservedByUs = "input item index iteration previous lane run args";
const reserved = new Set(`${reservedByCel} ${reservedByUs}`.split(" "));

/** Whether a node may have this id. */
export function isNodeId(id: string): boolean {
  return idPattern.test(id) && !reserved.has(id);
}

export const NodeId = z
  .string()
  .regex(
    idPattern,
    "An id starts with a small letter and holds only small letters, digits and underscores, 63 at most.",
  )
  .refine(
    (id) => !reserved.has(id),
    "This id is a word of the expression language or one of our variables; choose another.",
  );

const coordinate = z.number().min(-1e7).max(1e7);
const Point = z.strictObject({ x: coordinate, y: coordinate });

/** Says in a field's schema how it is edited; `help` is the sentence under the field. */
export function field(title: string, editor: FieldEditor, help?: string): { [key: string]: Json } {
  return help === undefined ? { title, editor } : { title, editor, description: help };
}

/** Further facts for a field's form, kept in its schema beside title and editor. */
export interface FormFacts {
  /** Rarely needed: stands under "More". */
  more?: true;
  /** Words for the values one can choose, and for the forms of a union by the name of their property. */
  labels?: { [value: string]: string };
  /** The choice that holds while nothing is chosen. */
  usual?: string;
  /** Shown only while another field of the node has this value. */
  onlyWhen?: { [field: string]: Json };
}

/** Adds facts for the form to what a field's schema says of itself. */
export function inForm(
  about: { [key: string]: Json },
  { more, labels, usual, onlyWhen }: FormFacts,
): { [key: string]: Json } {
  return {
    ...about,
    ...(more ? { more } : {}),
    ...(labels ? { labels } : {}),
    ...(usual === undefined ? {} : { usual }),
    ...(onlyWhen ? { onlyWhen } : {}),
  };
}
