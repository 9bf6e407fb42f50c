import {
  CreateWorkflow,
  FindingList,
  listOf,
  PageQuery,
  PublishWorkflow,
  SaveWorkflow,
  Version,
  Workflow,
  WorkflowSummary,
} from "@signalbox/shared/api";
import { type Graph, graphFormat, parseGraph } from "@signalbox/shared/graph";
import { validateGraph } from "@signalbox/shared/validation";
import { SignalboxError } from "../errors.ts";
import { refuseFindings } from "../refuse-findings.ts";
import type { AppParts } from "./ports.ts";
import { defineRoute, type Route } from "./route.ts";

const graphBytes = 8 * 1024 * 1024;

/** Workflows: drafts, findings, versions. */
export function workflowRoutes({ workflows, catalogFor }: AppParts): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/workflows",
      summary: "All workflows, newest first",
      auth: "session",
      query: PageQuery,
      answer: listOf(WorkflowSummary),
      handle: async ({ identity, query }) => ({ body: await workflows.list(identity, query) }),
    }),
    defineRoute({
      method: "POST",
      path: "/workflows",
      summary: "Make a workflow",
      auth: "session",
      body: CreateWorkflow,
      bodyLimit: graphBytes,
      answer: Workflow,
      status: 201,
      handle: async ({ identity, body: { name, graph } }) => {
        const drawn = graph === undefined ? emptyGraph(name) : { ...readGraph(graph), name };
        return { body: await workflows.create(identity, drawn) };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/workflows/:id",
      summary: "One workflow with its draft",
      auth: "session",
      answer: Workflow,
      handle: async ({ identity, params: { id = "" } }) => ({ body: await workflows.get(identity, id) }),
    }),
    defineRoute({
      method: "PUT",
      path: "/workflows/:id",
      summary: "Save the draft",
      auth: "session",
      body: SaveWorkflow,
      bodyLimit: graphBytes,
      answer: Workflow,
      handle: async ({ identity, params: { id = "" }, body: { graph, revision, name } }) => {
        const drawn = readGraph(graph);
        return { body: await workflows.save(identity, id, name === undefined ? drawn : { ...drawn, name }, revision) };
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/workflows/:id",
      summary: "Remove a workflow; its runs stay",
      auth: "session",
      handle: async ({ identity, params: { id = "" } }) => {
        await workflows.remove(identity, id);
        return { status: 204 };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/workflows/:id/check",
      summary: "Everything that is wrong with the draft",
      auth: "session",
      answer: FindingList,
      handle: async ({ identity, params: { id = "" } }) => {
        const { graph } = await workflows.get(identity, id);
        return { body: { items: validateGraph(graph, await catalogFor(identity, graph)) } };
      },
    }),
    ...versionRoutes({ workflows, catalogFor }),
  ];
}

function versionRoutes({ workflows, catalogFor }: Pick<AppParts, "workflows" | "catalogFor">): Route[] {
  return [
    defineRoute({
      method: "POST",
      path: "/workflows/:id/publish",
      summary: "Make the draft a version that never changes",
      auth: "session",
      body: PublishWorkflow,
      answer: Version,
      status: 201,
      handle: async ({ identity, params: { id = "" }, body: { note } }) => {
        const { graph } = await workflows.get(identity, id);
        refuseFindings(graph, await catalogFor(identity, graph), "published");
        return { body: await workflows.publish(identity, id, note) };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/workflows/:id/versions",
      summary: "Published versions, newest first",
      auth: "session",
      query: PageQuery,
      answer: listOf(Version),
      handle: async ({ identity, params: { id = "" }, query }) => ({
        body: await workflows.versions(identity, id, query),
      }),
    }),
    defineRoute({
      method: "GET",
      path: "/workflows/:id/versions/:number",
      summary: "One published version with its graph",
      auth: "session",
      handle: async ({ identity, params: { id = "", number = "" } }) => ({
        // what is no such number is a version that there is not
        body: await workflows.version(identity, id, /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0),
      }),
    }),
  ];
}

/** A graph from outside, or the first reason why it is none, with all of them beside it. */
function readGraph(value: unknown): Graph {
  const parsed = parseGraph(value);
  if ("graph" in parsed) return parsed.graph;
  const [first] = parsed.problems;
  // an unknown type is a graph of a shape we do not know: the code says which field, the word says what
  const code =
    first?.code === "unknown_field"
      ? "unknown_field"
      : first?.code === "unknown_type"
        ? "unknown_type"
        : "validation_failed";
  throw new SignalboxError(code, first?.detail ?? "This is no graph.", {
    path: first?.path ? `graph.${first.path}` : "graph",
    more: { problems: parsed.problems.slice(0, 50) },
  });
}

function emptyGraph(name: string): Graph {
  return {
    format: graphFormat,
    name,
    nodes: [{ id: "start", type: "start", data: {}, position: { x: 0, y: 0 } }],
    edges: [],
  };
}
