import type { JsonSchema } from "@signalbox/shared/json";
import { type NodeTypeName, nodeTypes } from "@signalbox/shared/nodes";
import * as z from "zod";
import { type FormField, formFields } from "./fields.ts";

const known = new Map<NodeTypeName, readonly FormField[]>();

/** The fields of a type of node, made once from the schema that the type declares. */
export function fieldsOfType(type: NodeTypeName): readonly FormField[] {
  const made = known.get(type);
  if (made) return made;
  const schema = z.toJSONSchema(nodeTypes[type].data, { io: "input", unrepresentable: "any" });
  // a JSON Schema is JSON; zod's type for it is wider
  const fields = formFields(schema as JsonSchema);
  known.set(type, fields);
  return fields;
}
