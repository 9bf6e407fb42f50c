import { checkExpression, checkTemplate, type ScopeVariable } from "../expressions/index.ts";
import type { GraphNode } from "../graph/index.ts";
import type { Json } from "../json/index.ts";
import { misshapenIn } from "../json-schema/index.ts";
import { factsOf } from "../nodes/index.ts";
import { type Draft, nameOf } from "./draft.ts";
import { scopesOf } from "./scope.ts";

/** Every expression of every node: syntax, types, and whether what it names can have run before. */
export function checkExpressions(draft: Draft): void {
  const scopeOf = scopesOf(draft.plan, draft.catalog);
  for (const node of draft.graph.nodes) {
    const sites = factsOf(node.type).expressions(node.data);
    if (sites.length === 0) continue;
    const outside = scopeOf(node.id);
    for (const { path, source, kind, expect, locals = [], inside } of sites) {
      const scope = inside ? scopeOf(node.id, true) : outside;
      const known = [...locals, ...scope];
      const field = `data.${path.join(".")}`;
      const { problems, references } =
        kind === "expression" ? checkExpression(source, known, expect) : checkTemplate(source, known);
      for (const { code, detail, start, end, severity } of problems) {
        const later = code === "expression_unknown_name" ? laterNode(draft, source.slice(start, end)) : undefined;
        const range = { start, end };
        if (later) {
          const what = `${nameOf(node)} names "${later.id}", which cannot have run before it. Connect them, or take another value.`;
          draft.aboutNode(node, "reference_not_before", what, { field, range });
        } else {
          draft.aboutNode(node, code, `${nameOf(node)}: ${detail}`, { field, range, severity });
        }
      }
      warnOfNulls(draft, node, known, references, field);
    }
  }
}

function laterNode({ nodes }: Draft, text: string): GraphNode | undefined {
  return nodes.get(/^[a-z][a-z0-9_]*/.exec(text)?.[0] ?? "");
}

function warnOfNulls(
  { aboutNode }: Draft,
  node: GraphNode,
  scope: readonly ScopeVariable[],
  references: readonly { name: string; path: readonly string[]; guarded: boolean; start: number; end: number }[],
  field: string,
): void {
  for (const { name, path, guarded, start, end } of references) {
    const named = scope.find((variable) => variable.name === name);
    if (!named?.optional || guarded || path.length === 0) continue;
    const member = `${name}.${path.join(".")}`;
    const what = `${nameOf(node)} takes ${member}, but ${name} may have been skipped. Write has(${member}) ? ${member} : "".`;
    aboutNode(node, "reference_may_be_null", what, { severity: "warning", field, range: { start, end } });
  }
}

/** What nodes name outside the graph: tools and their arguments, connections; and cases that stand twice. */
export function checkNames(draft: Draft): void {
  const { graph, aboutNode } = draft;
  for (const node of graph.nodes) {
    const { data } = node;
    if ("tool" in data && data.tool !== undefined)
      checkTool(draft, node, data.tool, "arguments" in data ? data.arguments : {});
    if ("model" in data && data.model !== undefined) checkConnection(draft, node, data.model);
    if (!("cases" in data)) continue;
    const seen = new Set<string>();
    for (const [index, { id }] of (data.cases ?? []).entries()) {
      if (seen.has(id))
        aboutNode(node, "case_duplicate", `Two cases have the id "${id}".`, { field: `data.cases.${index}.id` });
      seen.add(id);
    }
  }
}

function checkTool({ catalog, plan, aboutNode }: Draft, node: GraphNode, name: string, args: object = {}): void {
  if (!catalog.tools || name === "") return;
  const tool = catalog.tools.get(name);
  if (!tool) {
    aboutNode(node, "tool_unknown", `There is no tool "${name}". Choose another in ${nameOf(node)}.`, {
      field: "data.tool",
    });
    return;
  }
  // what is missing, the agent that calls it gives
  if (plan.nodes.get(node.id)?.used) return;
  const { required } = tool.input;
  for (const argument of Array.isArray(required) ? required : []) {
    if (typeof argument !== "string") continue;
    const value = Object.hasOwn(args, argument) ? Reflect.get(args, argument) : undefined;
    if (value !== undefined && value !== "") continue;
    const what = `${nameOf(node)} needs the argument "${argument}". Fill it in.`;
    aboutNode(node, "argument_missing", what, { field: `data.arguments.${argument}` });
  }
}

function checkConnection({ catalog, aboutNode }: Draft, node: GraphNode, model: string): void {
  if (!catalog.connections || model === "") return;
  const [connection = ""] = model.split(":", 1);
  if (catalog.connections.includes(connection)) return;
  const known = catalog.connections.join(", ");
  const what = `There is no model connection "${connection}". There are: ${known}.`;
  aboutNode(node, "connection_unknown", what, { field: "data.model" });
}

/** The schemas of the input and of nodes: a word that means nothing would only be noticed when nothing fits it. */
export function checkSchemas({ graph, aboutGraph, aboutNode }: Draft): void {
  for (const { path, detail } of misshapenIn(graph.input ?? {})) {
    aboutGraph("schema_invalid", `The schema of the input: ${detail}`, ["input", ...path].join("."));
  }
  for (const node of graph.nodes) {
    for (const field of factsOf(node.type).schemas) {
      const schema: Json | undefined = Reflect.get(node.data, field);
      if (schema === undefined || schema === null || typeof schema !== "object" || Array.isArray(schema)) continue;
      for (const { path, detail } of misshapenIn(schema)) {
        const what = `${nameOf(node)}, the schema in "${field}": ${detail}`;
        aboutNode(node, "schema_invalid", what, { field: ["data", field, ...path].join(".") });
      }
    }
  }
}
