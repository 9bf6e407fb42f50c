import { nearest, readTemplate, type ScopeVariable } from "../expressions/index.ts";
import type { Fix } from "../fixes/index.ts";
import type { GraphNode } from "../graph/index.ts";
import type { Json, JsonObject, JsonSchema } from "../json/index.ts";
import { validateJson } from "../json-schema/index.ts";
import type { ExpressionSite } from "../nodes/index.ts";
import { type Draft, fixOf, nameOf } from "./draft.ts";
import type { FindingCode } from "./finding.ts";
import { scopesOf } from "./scope.ts";
import { check, namedIn } from "./sites.ts";

/** What a node hands to a tool or to another workflow. */
interface Handed {
  node: GraphNode;
  /** The field that holds it. */
  field: "arguments" | "input";
  values: JsonObject;
  schema: JsonSchema;
  missing: FindingCode;
  invalid: FindingCode;
  /** Whether whoever calls the node gives what is left out. */
  isOpen: boolean;
}

/** What tools and other workflows are given: what they need is there, what they do not know is not, and types fit. */
export function checkArguments(draft: Draft): void {
  const scopes = scopesOf(draft.plan, draft.catalog);
  const inScope = (site: ExpressionSite, node: string) => namedIn(site, node, scopes).known;
  for (const node of draft.graph.nodes) {
    const handed = toTool(draft, node) ?? toWorkflow(draft, node);
    if (handed) checkHanded(draft, handed, inScope);
  }
}

function toTool({ catalog, plan }: Draft, node: GraphNode): Handed | undefined {
  const { data } = node;
  const tool = "tool" in data && data.tool ? catalog.tools?.get(data.tool) : undefined;
  if (!tool) return undefined;
  const values = ("arguments" in data ? data.arguments : undefined) ?? {};
  const isOpen = plan.nodes.get(node.id)?.used ?? false;
  const codes = { missing: "argument_missing", invalid: "argument_invalid" } as const;
  return { node, field: "arguments", values, schema: tool.input, ...codes, isOpen };
}

function toWorkflow(draft: Draft, node: GraphNode): Handed | undefined {
  const { data } = node;
  const { workflows } = draft.catalog;
  if (!workflows || !("workflow" in data) || !data.workflow) return undefined;
  const facts = workflows.get(data.workflow);
  if (!facts) {
    const what = `${nameOf(node)} runs the workflow "${data.workflow}", which there is not. Choose another.`;
    const near = nearest(data.workflow, [...workflows.keys()]);
    const step = { do: "set_field" as const, node: node.id, path: ["workflow"], value: near ?? "" };
    const fix = near === undefined ? undefined : fixOf(`Use ${near}`, step);
    draft.aboutNode(node, "workflow_unknown", what, { field: "data.workflow", fix });
    return undefined;
  }
  const { version } = data;
  if (version !== undefined && version > (facts.publishedVersion ?? 0)) {
    const newest =
      facts.publishedVersion === null ? "none is published" : `the newest is version ${facts.publishedVersion}`;
    const what = `${nameOf(node)} runs version ${version} of "${data.workflow}", but ${newest}. Choose another.`;
    const title = facts.publishedVersion === null ? "Run the draft" : "Run the published version";
    const fix = fixOf(title, { do: "set_field", node: node.id, path: ["version"] });
    draft.aboutNode(node, "version_unknown", what, { field: "data.version", fix });
    return undefined;
  }
  const schema = facts.inputs?.get(version ?? "current");
  if (!schema) return undefined;
  const codes = { missing: "input_missing", invalid: "input_invalid" } as const;
  return { node, field: "input", values: data.input ?? {}, schema, ...codes, isOpen: false };
}

type InScope = (site: ExpressionSite, node: string) => readonly ScopeVariable[];

function checkHanded(draft: Draft, handed: Handed, inScope: InScope): void {
  const { node, field, values, schema, missing, invalid, isOpen } = handed;
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const { required } = schema;
  for (const name of Array.isArray(required) && !isOpen ? required : []) {
    if (typeof name !== "string") continue;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined && value !== "") continue;
    const what = `${nameOf(node)} needs the ${field === "input" ? "input" : "argument"} "${name}". Fill it in.`;
    draft.aboutNode(node, missing, what, { field: `data.${field}.${name}` });
  }
  for (const [name, value] of Object.entries(values)) {
    // what is empty counts as not given
    if (value === "") continue;
    const declared = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const at = `data.${field}.${name}`;
    if (declared === undefined && schema.additionalProperties === false && !isSchema(schema.patternProperties)) {
      const what = `${nameOf(node)} is given "${name}", which ${calledBy(node)} does not take. Remove it.`;
      draft.aboutNode(node, invalid, what, { field: at, fix: renaming(handed, name, Object.keys(properties)) });
    } else if (isSchema(declared)) {
      const why = misfitOf(value, declared, { path: [field, name], node: node.id, inScope });
      const what = `${nameOf(node)}, "${name}": ${why}`;
      if (why !== undefined) draft.aboutNode(node, invalid, what, { field: at });
    }
  }
}

function calledBy({ data }: GraphNode): string {
  if ("workflow" in data && data.workflow) return `the workflow "${data.workflow}"`;
  return "tool" in data && data.tool ? `the tool "${data.tool}"` : "it";
}

/** Under the name that was meant, if that is free; else gone. */
function renaming({ node, field, values }: Handed, name: string, known: readonly string[]): Fix {
  const free = known.filter((one) => !Object.hasOwn(values, one) || values[one] === "");
  const near = nearest(name, free);
  const gone = { do: "set_field" as const, node: node.id, path: [field, name] };
  if (near === undefined) return fixOf(`Remove "${name}"`, gone);
  const value = values[name] ?? null;
  return fixOf(`Rename it to "${near}"`, gone, { do: "set_field", node: node.id, path: [field, near], value });
}

interface Where {
  path: readonly string[];
  node: string;
  inScope: InScope;
}

/** Why a value cannot fit, as far as that is known before a run. */
function misfitOf(value: Json, schema: JsonSchema, where: Where): string | undefined {
  if (typeof value === "string" && value.includes("{{")) {
    const given = typeGiven(value, where);
    if (given === undefined || schema.type === undefined) return undefined;
    const types = Array.isArray(schema.type) ? schema.type : [schema.type];
    const wanted = types.filter((type) => typeof type === "string");
    if (wanted.length < types.length || wanted.some((type) => given.types.includes(type))) return undefined;
    return `This gives ${given.said}, but ${wanted.map((type) => spoken[type] ?? type).join(" or ")} is asked for.`;
  }
  if (JSON.stringify(value).includes("{{")) return undefined;
  const [misfit] = validateJson(schema, value);
  if (!misfit) return undefined;
  return misfit.path === "" ? misfit.detail : `${misfit.path}: ${misfit.detail}`;
}

const spoken: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "nothing",
};

/** The types of JSON that a type of the language may come out as. */
const jsonTypes: Readonly<Record<string, readonly string[]>> = {
  string: ["string"],
  int: ["integer", "number"],
  double: ["number", "integer"],
  bool: ["boolean"],
  list: ["array"],
  map: ["object"],
};

/** What a template comes out as: text, unless it is one expression alone, which keeps its type. */
function typeGiven(source: string, { path, node, inScope }: Where) {
  const read = readTemplate(source);
  if ("problem" in read) return undefined;
  const filled = read.parts.filter((part) => !("text" in part) || part.text.trim() !== "");
  const [only] = filled;
  const text = { types: ["string"], said: "text" };
  if (filled.length !== 1 || !only || "text" in only) return text;
  const site: ExpressionSite = { path, source: only.source, kind: "expression", expect: "any" };
  const checked = check(site, inScope(site, node));
  if (!("type" in checked) || typeof checked.type !== "string" || checked.problems.length > 0) return undefined;
  const [base = ""] = checked.type.split("<", 1);
  const types = base.startsWith("Object") ? ["object"] : jsonTypes[base];
  return types && { types, said: spoken[types[0] ?? ""] ?? base };
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
