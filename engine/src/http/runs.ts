import { listOf, Resolve, RunSummary, RunsQuery, StartedRun, StartRun } from "@signalbox/shared/api";
import type { Graph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import { validateJson } from "@signalbox/shared/json-schema";
import * as z from "zod";
import { SignalboxError } from "../errors.ts";
import { refuseFindings } from "../refuse-findings.ts";
import type { RunRow, SpaceContext } from "../store/store.ts";
import type { AppParts } from "./ports.ts";
import { defineRoute, type Route } from "./route.ts";

const Wait = z.strictObject({ wait: z.coerce.number().min(0).max(60).optional(), space: z.string().optional() });

/** Starting runs, finding them, and acting on them. */
export function runRoutes(parts: AppParts): Route[] {
  const { runList, runStore, runs, workflows, catalogFor } = parts;

  async function graphToRun(context: SpaceContext, id: string, asked: number | "draft" | undefined) {
    const { graph, publishedVersion } = await workflows.get(context, id);
    const version = asked ?? publishedVersion ?? "draft";
    if (version === "draft") return { graph, version };
    return { graph: (await workflows.version(context, id, version)).graph, version };
  }

  async function start(context: SpaceContext, id: string, body: StartRun): Promise<RunRow> {
    const { graph, version } = await graphToRun(context, id, body.version);
    refuseFindings(graph, await catalogFor(context, graph), "run");
    const input = body.input ?? (graph.input ? {} : null);
    refuseInput(graph, input);
    const { idempotencyKey } = body;
    const key = idempotencyKey === undefined ? {} : { idempotencyKey };
    return (await runs.start(context, { workflow: id, version, graph, input, ...key })).run;
  }

  /** A start that is sent again means the run of then, whatever the workflow has become. */
  async function startedBefore(context: SpaceContext, workflow: string, { idempotencyKey, input }: StartRun) {
    return idempotencyKey === undefined
      ? undefined
      : await runStore.runOfKey(context, { workflow, idempotencyKey, input });
  }

  return [
    defineRoute({
      method: "POST",
      path: "/workflows/:id/runs",
      summary: "Start a run",
      auth: "session",
      query: Wait,
      body: StartRun,
      answer: StartedRun,
      status: 202,
      handle: async ({ identity, params: { id = "" }, body, query }) => {
        const run = (await startedBefore(identity, id, body)) ?? (await start(identity, id, body));
        if (!query.wait) return { body: { run: summaryOf(run) } };
        const ended = await endedRun(parts, identity, run.id, query.wait * 1000);
        return { status: ended.endedAt === null ? 202 : 200, body: { run: summaryOf(ended) } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/runs",
      summary: "Runs, newest first",
      auth: "session",
      query: RunsQuery,
      answer: listOf(RunSummary),
      handle: async ({ identity, query: { workflow, status, parent, q, limit, cursor } }) => {
        const { items, next } = await runList.list(identity, { workflow, status, parent, q }, { limit, cursor });
        return { body: { items: items.map(summaryOf), next } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/runs/:id",
      summary: "One run",
      auth: "session",
      answer: RunSummary,
      handle: async ({ identity, params: { id = "" } }) => ({ body: summaryOf(await runList.get(identity, id)) }),
    }),
    defineRoute({
      method: "POST",
      path: "/runs/:id/cancel",
      summary: "Call a run off",
      auth: "session",
      answer: StartedRun,
      status: 202,
      handle: async ({ identity, params: { id = "" } }) => {
        const run = await runList.get(identity, id);
        if (run.endedAt !== null)
          throw new SignalboxError("run_ended", `This run has ended already: it is ${run.status}.`);
        await runs.deliver(id, { kind: "cancel", by: identity.actor });
        return { body: { run: summaryOf(run) } };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/runs/:id/activations/:activation/resolve",
      summary: "Settle a call whose outcome nobody knows",
      auth: "session",
      body: Resolve,
      answer: StartedRun,
      status: 202,
      handle: async ({ identity, params: { id = "", activation = "" }, body: { decision, output } }) => {
        const row = await runList.get(identity, id);
        const run = await parts.foldedRun(identity, id);
        if (run.activations.get(activation)?.status !== "in_doubt") {
          throw new SignalboxError("not_in_doubt", `${activation} is not in doubt, so there is nothing to settle.`);
        }
        const said = output === undefined ? {} : { output };
        await runs.deliver(id, { kind: "resolve", activation, decision, by: identity.actor, ...said });
        return { body: { run: summaryOf(row) } };
      },
    }),
  ];
}

/** The run when it has ended, or as it stands after the time. */
async function endedRun({ runs, runList }: AppParts, context: SpaceContext, id: string, ms: number): Promise<RunRow> {
  const ended = runs.ended(id, ms);
  // it may have ended before anyone listened
  const now = await runList.get(context, id);
  if (now.endedAt !== null) return now;
  await ended;
  return await runList.get(context, id);
}

function refuseInput({ input: schema }: Graph, input: Json): void {
  const [misfit] = schema ? validateJson(schema, input) : [];
  if (!misfit) return;
  const at = misfit.path === "" ? "input" : `input.${misfit.path}`;
  throw new SignalboxError("input_invalid", `The input does not fit at ${at}: ${misfit.detail}`, { path: at });
}

function summaryOf(row: RunRow): RunSummary {
  const { space: _space, epoch: _epoch, ...summary } = row;
  return summary;
}
