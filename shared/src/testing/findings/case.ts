import type { Fix } from "../../fixes/index.ts";
import { type Graph, parseGraph } from "../../graph/index.ts";
import type { JsonSchema } from "../../json/index.ts";
import type { NodeTypeName } from "../../nodes/index.ts";
import type { Catalog, Finding } from "../../validation/index.ts";

/** One way in which a graph is wrong, and what is said of it. */
export interface FindingCase {
  what: string;
  nodes: readonly object[];
  edges?: readonly (string | object)[];
  input?: JsonSchema;
  catalog?: Catalog;
  found: Omit<Finding, "code" | "severity" | "fix"> & { severity?: "warning" };
  fix?: Fix;
}

/** A node of a test. */
export function node(id: string, type: NodeTypeName, data: object = {}, more: object = {}) {
  return { id, type, data, position: { x: 0, y: 0 }, ...more };
}

/** Where most graphs of the table begin. */
export const begin = node("start", "start");

/** An agent that is asked something. */
export function agent(id: string, data: object = {}, more: object = {}) {
  return node(id, "agent", { model: "simulated", prompt: "Go.", ...data }, more);
}

/** A node that shapes one value. */
export function set(id: string, value: unknown = "x", more: object = {}) {
  return node(id, "set", { values: { n: value } }, more);
}

/** The graph of a case; an edge is written `a>b` or `a:handle>b`, and goes by that as its id. */
export function graphOf({ nodes, edges = [], input }: Pick<FindingCase, "nodes" | "edges" | "input">): Graph {
  const parsed = parseGraph({
    format: "signalbox.graph/1",
    name: "Test",
    ...(input ? { input } : {}),
    nodes,
    edges: edges.map((edge) => (typeof edge === "string" ? edgeOf(edge) : edge)),
  });
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.graph;
}

function edgeOf(id: string) {
  const [, source, sourceHandle = "out", target] = /^(\w+)(?::(\w+))?>(\w+)$/.exec(id) ?? [];
  return { id, source, sourceHandle, target };
}
