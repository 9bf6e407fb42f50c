import {
  Approval,
  type CreateCredential,
  Credential,
  type DecideApproval,
  FindingList,
  listOf,
  Me,
  ModelConnectionFacts,
  Question,
  RunSummary,
  StartedRun,
  TemplateFacts,
  ToolFacts,
  Version,
  Workflow,
  WorkflowSummary,
} from "@signalbox/shared/api";
import type { RunEvent } from "@signalbox/shared/events";
import { type Graph, parseGraph } from "@signalbox/shared/graph";
import { Json, JsonObject } from "@signalbox/shared/json";
import * as z from "zod";
import { addressOf, ask, tell } from "./http.ts";
import { ApiProblem } from "./problem.ts";

export { ApiProblem, sentenceOf } from "./problem.ts";

const items = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
// every event has passed its schema when the engine wrote it; parsing each again would cost more than folding it
const EventPage = z.object({ items: z.array(z.custom<RunEvent>()), next: z.string().nullable() });

// of another workflow's graph, however large, only this is asked
const WithInput = z.object({ graph: z.object({ input: JsonObject.optional() }) });

interface RunFilter {
  workflow?: string | undefined;
  status?: string | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Everything the editor asks of the engine. */
export const api = {
  me: () => ask(Me, "/me"),
  login: (token: string) => ask(Me, "/login", { method: "POST", body: { token } }),
  logout: () => tell("/logout", { method: "POST" }),
  tools: async () => (await ask(items(ToolFacts), "/tools")).items,
  connections: async () => (await ask(items(ModelConnectionFacts), "/connections")).items,
  /** A large value by its hash, as it stands in a reference. */
  blob: (hash: string) => ask(Json, `/blobs/${encodeURIComponent(hash)}`),
  workflows: {
    list: () => ask(listOf(WorkflowSummary), "/workflows", { query: { limit: 500 } }),
    get: (id: string) => ask(Workflow, `/workflows/${id}`),
    create: (name: string, graph?: Graph) => ask(Workflow, "/workflows", { method: "POST", body: { name, graph } }),
    /** What a version of it takes; without one, the draft. */
    input: async (id: string, version: number | null) => {
      const address = version === null ? `/workflows/${id}` : `/workflows/${id}/versions/${version}`;
      return (await ask(WithInput, address)).graph.input ?? null;
    },
    save: (id: string, draft: { graph: Graph; revision: number }) =>
      ask(Workflow, `/workflows/${id}`, { method: "PUT", body: draft }),
    versions: (id: string) => ask(listOf(Version), `/workflows/${id}/versions`, { query: { limit: 100 } }),
    remove: (id: string) => tell(`/workflows/${id}`, { method: "DELETE" }),
    check: (id: string) => ask(FindingList, `/workflows/${id}/check`, { method: "POST" }),
    publish: (id: string, note?: string) =>
      ask(Version, `/workflows/${id}/publish`, { method: "POST", body: note === undefined ? {} : { note } }),
    run: async (id: string, input: Json, version: number | "draft" = "draft") =>
      (await ask(StartedRun, `/workflows/${id}/runs`, { method: "POST", body: { input, version } })).run,
  },
  runs: {
    list: (filter: RunFilter = {}) => ask(listOf(RunSummary), "/runs", { query: { ...filter } }),
    get: (id: string) => ask(RunSummary, `/runs/${id}`),
    graph: async (id: string): Promise<Graph> => {
      const read = parseGraph(await ask(z.unknown(), `/runs/${id}/graph`));
      if ("graph" in read) return read.graph;
      throw new ApiProblem(
        "graph_unreadable",
        200,
        "The graph of this run is of a format that this page does not know.",
      );
    },
    events: (id: string, after: number, limit = 500) =>
      ask(EventPage, `/runs/${id}/events`, { query: { after, limit } }),
    cancel: async (id: string) => (await ask(StartedRun, `/runs/${id}/cancel`, { method: "POST" })).run,
    resolve: async (id: string, activation: string, decision: "retry" | "done" | "fail", output?: Json) =>
      (
        await ask(StartedRun, `/runs/${id}/activations/${encodeURIComponent(activation)}/resolve`, {
          method: "POST",
          body: { decision, ...(output === undefined ? {} : { output }) },
        })
      ).run,
    exportAddress: (id: string) => addressOf(`/runs/${id}/export`),
  },
  approvals: {
    list: (query: { status?: string; run?: string } = {}) => ask(listOf(Approval), "/approvals", { query }),
    get: (id: string) => ask(Approval, `/approvals/${id}`),
    decide: (id: string, decision: DecideApproval) =>
      ask(Approval, `/approvals/${id}`, { method: "POST", body: decision }),
  },
  credentials: {
    list: async () => (await ask(listOf(Credential), "/credentials", { query: { limit: 500 } })).items,
    create: (credential: CreateCredential) => ask(Credential, "/credentials", { method: "POST", body: credential }),
  },
  questions: {
    list: (query: { status?: string; run?: string } = {}) => ask(listOf(Question), "/questions", { query }),
    answer: (id: string, answer: Json) => ask(Question, `/questions/${id}`, { method: "POST", body: { answer } }),
  },
  templates: {
    list: async () => (await ask(items(TemplateFacts), "/templates")).items,
    instantiate: (id: string) => ask(Workflow, `/templates/${id}/instantiate`, { method: "POST" }),
  },
};
