import type { RunEvent } from "@signalbox/shared/events";
import { canonicalGraph } from "@signalbox/shared/graph";
import type { Run } from "@signalbox/shared/run";
import * as z from "zod";
import { SignalboxError } from "../errors.ts";
import { blobsOf, inlineEvent } from "../run/encode.ts";
import type { RunStore } from "../store/store.ts";
import type { AppParts } from "./ports.ts";
import { defineRoute, type Route } from "./route.ts";

const EventsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  /** The `next` of the page before, as in every list; here it is also the `after` of the following one. */
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(500),
  space: z.string().optional(),
});
const StateQuery = z.strictObject({ at: z.coerce.number().int().min(0).optional(), space: z.string().optional() });
const ActivationsQuery = z.strictObject({
  node: z.string().optional(),
  status: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.coerce.number().int().min(0).default(0),
  space: z.string().optional(),
});

/** The log of a run, and what it folds to. */
export function runLogRoutes(parts: AppParts): Route[] {
  const { runList, runStore } = parts;
  return [
    defineRoute({
      method: "GET",
      path: "/runs/:id/events",
      summary: "The log, oldest first",
      auth: "session",
      query: EventsQuery,
      handle: async ({ identity, params: { id = "" }, query: { after: first, cursor: after = first, limit } }) => {
        await runList.get(identity, id);
        const rows = await runStore.readEvents(id, after, limit + 1);
        const items = rows.slice(0, limit).map(({ body }) => JSON.parse(body) as RunEvent);
        const next = rows.length > limit ? String(items.at(-1)?.seq ?? after) : null;
        return { body: { items, next } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/runs/:id/graph",
      summary: "The graph it runs on",
      auth: "session",
      handle: async ({ identity, params: { id = "" } }) => {
        await runList.get(identity, id);
        return { body: canonicalGraph(await runStore.graphOfRun(id)) };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/runs/:id/state",
      summary: "The folded state, now or after an event",
      auth: "session",
      query: StateQuery,
      handle: async ({ identity, params: { id = "" }, query: { at } }) => {
        await runList.get(identity, id);
        return { body: stateOf(await parts.foldedRun(identity, id, at)) };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/runs/:id/activations",
      summary: "What each node did",
      auth: "session",
      query: ActivationsQuery,
      handle: async ({ identity, params: { id = "" }, query: { node, status, limit, cursor } }) => {
        await runList.get(identity, id);
        const run = await parts.foldedRun(identity, id);
        const all = [...run.activations.values()].filter(
          (one) => (node === undefined || one.node === node) && (status === undefined || one.status === status),
        );
        const next = all.length > cursor + limit ? String(cursor + limit) : null;
        return { body: { items: all.slice(cursor, cursor + limit), next } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/runs/:id/export",
      summary: "The whole run as NDJSON: its graph, then its events with every value in line",
      auth: "session",
      handle: async ({ identity, params: { id = "" } }) => {
        const { workflow, version, createdAt } = await runList.get(identity, id);
        const graph = canonicalGraph(await runStore.graphOfRun(id));
        const header = { format: "signalbox.run/1", run: id, workflow, version, createdAt, graph };
        const content = exportLines(header, id, identity.space, runStore);
        return { text: { type: "application/x-ndjson; charset=utf-8", content } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/blobs/:hash",
      summary: "A large value by its content hash",
      auth: "session",
      handle: async ({ identity, params: { hash = "" } }) => {
        const text = (await runStore.readBlobs(identity.space, [hash])).get(hash);
        if (text === undefined) throw new SignalboxError("not_found", "There is no such value.");
        const headers = { "cache-control": "private, max-age=31536000, immutable" };
        return { headers, text: { type: "application/json; charset=utf-8", content: text } };
      },
    }),
  ];
}

const pageSize = 500;

async function* exportLines(header: object, run: string, space: string, store: RunStore): AsyncGenerator<string> {
  yield `${JSON.stringify(header)}\n`;
  let after = 0;
  for (;;) {
    const page = await store.readEvents(run, after, pageSize);
    const blobs = await store.readBlobs(space, [...new Set(page.flatMap(({ body }) => blobsOf(body)))]);
    for (const { body, seq } of page) {
      after = seq;
      yield `${JSON.stringify(inlineEvent(body, blobs))}\n`;
    }
    if (page.length < pageSize) return;
  }
}

/** A folded run as JSON; maps by their keys. */
function stateOf(run: Run) {
  const { id, seq, status, input, output, error, usage, startedAt, endedAt } = run;
  return {
    run: id,
    seq,
    status,
    input,
    output,
    error,
    usage,
    startedAt,
    endedAt,
    activations: [...run.activations.values()],
    edges: Object.fromEntries(run.edges),
    approvals: [...run.approvals.values()],
    frames: [...run.frames.values()].map(({ activation, node, kind, lanes, started, outcomes, counts }) => ({
      activation,
      node,
      kind,
      lanes,
      started,
      outcomes,
      counts,
    })),
  };
}
