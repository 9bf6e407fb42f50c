import fc from "fast-check";
import * as z from "zod";
import { Graph, GraphEdge, graphFormat } from "../graph/index.ts";
import { Json, JsonObject } from "../json/index.ts";
import { NodeId, nodeTypes } from "../nodes/index.ts";
import { anyJson, anyOf } from "./any-of.ts";

/** Few ids, so that edges meet, parents exist and names in expressions mean something; some are taken twice. */
const ids = ["start", "a", "b", "c", "frame", "inner", "stop", "gone"];

const fragments = [
  "a.text",
  "b.case",
  "input.n",
  "item",
  "index",
  "lane",
  "run.id",
  "args.x",
  "frame[0]",
  "c",
  "gone.x.y",
  "has(a.text)",
  "a == null",
  "size(input)",
  "input.map(x, x + 1)",
  "1 + 'one'",
  "true",
  "[1, 2]",
  "{'k': a}",
  "'}}'",
  "a.",
  "(",
  ")",
  "matches",
  "?",
  ".",
  "-",
  "!",
  "&&",
  " ",
  '"',
  "\\",
  "\u0000",
  "\ud800",
  "é",
  "👩‍🚀",
];

/** Text that looks like an expression, is one, or is nearly one. */
export const anyExpression: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...fragments),
  fc.array(fc.constantFrom(...fragments), { maxLength: 8 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 30 }),
);

/** Text with and without `{{ … }}`, whole and broken. */
export const anyTemplate: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      anyExpression.map((source) => `{{ ${source} }}`),
      fc.constantFrom("{{", "}}", "{{{{", "{", "}", "Dear "),
      fc.string({ unit: "binary", maxLength: 10 }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(""));

const anyId = fc.constantFrom(...ids);
const anyText = fc.oneof(anyExpression, anyTemplate);
const chosen = new Map<z.core.$ZodType, fc.Arbitrary<unknown>>([
  [NodeId, anyId],
  [Json, anyJson(anyText)],
  [JsonObject, fc.dictionary(fc.string({ maxLength: 8 }), anyJson(anyText), { maxKeys: 4 })],
]);

const anyNode = fc.oneof(
  ...Object.values(nodeTypes).map(({ node }) => {
    const { data } = node.shape;
    return anyOf(node, new Map([...chosen, ...textFields(data)]));
  }),
);

/** Every text of a node may hold an expression. */
function textFields({ shape }: { shape: z.core.$ZodShape }): [z.core.$ZodType, fc.Arbitrary<unknown>][] {
  return Object.values(shape).flatMap((field): [z.core.$ZodType, fc.Arbitrary<unknown>][] => {
    const inner = "innerType" in field._zod.def ? (field._zod.def.innerType as z.core.$ZodType) : field;
    const isFree = inner._zod.def.type === "string" && !JSON.stringify(z.toJSONSchema(inner)).includes("pattern");
    return isFree ? [[inner, anyText]] : [];
  });
}

const anyEdge = anyOf(GraphEdge.extend({ sourceHandle: NodeId, targetHandle: NodeId }), new Map([[NodeId, anyId]]));

/** Any graph of the right shape, however senseless: dangling edges, rings, ids taken twice, frames in themselves. */
export const anyGraph: fc.Arbitrary<Graph> = fc
  .record(
    {
      name: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
      description: fc.string({ unit: "grapheme", maxLength: 20 }),
      input: fc.dictionary(fc.constantFrom("type", "properties", "required", "enum"), anyJson(), { maxKeys: 4 }),
      nodes: fc.array(anyNode, { maxLength: 8 }),
      edges: fc.array(anyEdge, { maxLength: 12 }),
    },
    { requiredKeys: ["name", "nodes", "edges"] },
  )
  .map((drawn) => Graph.safeParse({ format: graphFormat, ...drawn }))
  .filter(({ success }) => success)
  .map(({ data }) => data as Graph);
