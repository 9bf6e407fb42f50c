import { nearest } from "../expressions/index.ts";
import type { Fix } from "../fixes/index.ts";
import type { Json } from "../json/index.ts";
import { misshapenIn } from "../json-schema/index.ts";
import { factsOf } from "../nodes/index.ts";
import { type Draft, fixOf, nameOf } from "./draft.ts";

const typeWords = ["string", "number", "integer", "boolean", "object", "array", "null"];

/** The schemas of the input and of nodes: a word that means nothing would only be noticed when nothing fits it. */
export function checkSchemas({ graph, aboutGraph, aboutNode }: Draft): void {
  const { input = {} } = graph;
  for (const { path, detail } of misshapenIn(input)) {
    const word = typeMeant(input, path);
    const fix = word === undefined ? word : changeTo(word, { do: "set_input", path: [...path], value: word });
    aboutGraph("schema_invalid", `The schema of the input: ${detail}`, { path: ["input", ...path].join("."), fix });
  }
  for (const node of graph.nodes) {
    for (const field of factsOf(node.type).schemas) {
      const schema: Json | undefined = Reflect.get(node.data, field);
      if (schema === undefined || schema === null || typeof schema !== "object" || Array.isArray(schema)) continue;
      for (const { path, detail } of misshapenIn(schema)) {
        const what = `${nameOf(node)}, the schema in "${field}": ${detail}`;
        const word = typeMeant(schema, path);
        const step = { do: "set_field" as const, node: node.id, path: [field, ...path] };
        const fix = word === undefined ? word : changeTo(word, { ...step, value: word });
        aboutNode(node, "schema_invalid", what, { field: ["data", field, ...path].join("."), fix });
      }
    }
  }
}

function changeTo(word: string, step: Fix["steps"][number]): Fix {
  return fixOf(`Change to ${word}`, step);
}

/** The type that a misspelled one was meant to be. */
function typeMeant(schema: Json, path: readonly string[]): string | undefined {
  const written = path.at(-1) === "type" ? valueAt(schema, path) : undefined;
  return typeof written === "string" ? nearest(written, typeWords) : undefined;
}

function valueAt(schema: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = schema;
  for (const key of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = Object.hasOwn(value, key) ? (Reflect.get(value, key) as Json) : undefined;
  }
  return value;
}
