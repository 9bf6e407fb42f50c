import * as z from "zod";
import { Json } from "../json/index.ts";
import { type NodeTypeName, nodeTypes } from "../nodes/index.ts";

// the names of an object are not empty: every type has a line in the list
const typeNames = Object.keys(nodeTypes) as [NodeTypeName, ...NodeTypeName[]];
const Place = z.array(z.union([z.string(), z.int().min(0)])).min(1);

/** One small change of a graph. What it speaks of is named by id: a step whose thing is gone changes nothing. */
const FixStep = z.discriminatedUnion("do", [
  /** With what it holds, and the edges at it. */
  z.object({ do: z.literal("remove_node"), node: z.string() }),
  z.object({ do: z.literal("remove_edge"), edge: z.string() }),
  z.object({ do: z.literal("add_node"), id: z.string(), type: z.enum(typeNames), x: z.number(), y: z.number() }),
  /** Into another frame, or out of all. */
  z.object({
    do: z.literal("move_node"),
    node: z.string(),
    parentId: z.string().optional(),
    x: z.number(),
    y: z.number(),
  }),
  /** Of several with one id, the `nth` gets another; from 0. */
  z.object({
    do: z.literal("rename"),
    list: z.enum(["nodes", "edges"]),
    id: z.string(),
    nth: z.int().min(0),
    to: z.string(),
  }),
  z.object({ do: z.literal("connect"), source: z.string(), sourceHandle: z.string(), target: z.string() }),
  z.object({
    do: z.literal("set_handle"),
    edge: z.string(),
    end: z.enum(["sourceHandle", "targetHandle"]),
    handle: z.string(),
  }),
  /** In a node's data; without a value it is taken away. */
  z.object({ do: z.literal("set_field"), node: z.string(), path: Place, value: Json.optional() }),
  /** Of a text in a node's data, what stands from `start` to `end`: only where it is still what it `was`. */
  z.object({
    do: z.literal("replace_text"),
    node: z.string(),
    path: Place,
    start: z.int().min(0),
    end: z.int().min(0),
    was: z.string(),
    text: z.string(),
  }),
  /** In the schema of the graph's input. */
  z.object({ do: z.literal("set_input"), path: Place, value: Json }),
]);
export type FixStep = z.infer<typeof FixStep>;

/** An obvious way out of a finding, as data: the editor makes it one step that can be undone. */
export const Fix = z.object({
  /** What its button says. */
  title: z.string(),
  steps: z.array(FixStep).min(1),
});
export type Fix = z.infer<typeof Fix>;
