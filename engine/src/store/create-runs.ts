import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "./database/tables.ts";
import { piecesOf } from "./pieces.ts";
import { firstEpoch, type NewRun, type RunRow, type SpaceContext, type StoredBlob } from "./store.ts";

export interface Creation {
  context: SpaceContext;
  run: NewRun;
}

/** A key is its workflow's own: two callers of two workflows need not know of each other. */
export function keyOf(workflow: string | null, key: string): string {
  return `${workflow ?? ""} ${key}`;
}

/**
 * Runs with their first events and values, in one statement, which is one transaction by itself. Who creates a run holds
 * it, as its first owner. A run whose key is known is not made, and answered with nothing.
 */
export async function createRuns(db: Database, creations: readonly Creation[]): Promise<(RunRow | undefined)[]> {
  const graphs = creations.map(({ run }) => graphBlob(run));
  const blobs = blobsOf(creations, graphs);
  const pieces = creations.flatMap(({ run }) => piecesOf(run.events).map((piece) => ({ run: run.id, ...piece })));
  const column = <Value>(read: (creation: Creation) => Value) => creations.map(read);
  const { rows } = await sql<{ id: string; pieces: number | string }>`
    with made as (
      insert into run (id, space, workflow, version, status, graph, input, output, idempotency_key, epoch, last_seq,
        input_tokens, output_tokens, cost_usd, created_at, parent, root)
      select id, space, workflow, version, 'queued', graph, input, 'null', key, ${firstEpoch}, last_seq, 0, 0, 0, created_at,
        parent, root
      from unnest(
        ${column(({ run }) => run.id)}::text[], ${column(({ context }) => context.space)}::text[],
        ${column(({ run }) => run.workflow)}::text[],
        ${column(({ run: { version } }) => (version === null ? null : String(version)))}::text[],
        ${graphs.map(({ hash }) => hash)}::text[], ${column(({ run }) => JSON.stringify(run.input))}::text[],
        ${column(({ run: { workflow, idempotencyKey: key } }) => (key === undefined ? null : keyOf(workflow, key)))}::text[],
        ${column(({ run }) => run.events.length)}::int[], ${column(({ run }) => run.createdAt)}::text[],
        ${column(({ run }) => run.parent ?? null)}::text[], ${column(({ run }) => run.root ?? null)}::text[]
      ) as n(id, space, workflow, version, graph, input, key, last_seq, created_at, parent, root)
      on conflict (space, idempotency_key) where idempotency_key is not null do nothing
      returning id
    ), kept as (
      insert into blob (space, hash, body)
      select * from unnest(
        ${blobs.map(({ space }) => space)}::text[], ${blobs.map(({ hash }) => hash)}::text[],
        ${blobs.map(({ text }) => text)}::text[]
      )
      on conflict (space, hash) do nothing
    ), added as (
      insert into log (run, seq, epoch, events)
      select run, seq, 0, events from unnest(
        ${pieces.map(({ run }) => run)}::text[], ${pieces.map(({ seq }) => seq)}::int[],
        ${pieces.map(({ events }) => events)}::text[]
      ) as p(run, seq, events) where run in (select id from made)
      returning run
    )
    select made.id, coalesce(counted.pieces, 0) as pieces
    from made left join (select run, count(*) as pieces from added group by run) counted on counted.run = made.id
  `.execute(db);
  const made = new Map(rows.map((row) => [row.id, Number(row.pieces)]));
  const given = Map.groupBy(pieces, ({ run }) => run);
  return creations.map((creation) => {
    const { id } = creation.run;
    const count = made.get(id);
    if (count === undefined) return undefined;
    const wanted = given.get(id)?.length ?? 0;
    if (count !== wanted) throw new Error(`The store kept ${count} of ${wanted} first rows of the log of ${id}.`);
    return rowOf(creation);
  });
}

/** A graph is kept once however many runs it has, and a run's row, which every step writes anew, stays small. */
function graphBlob({ graph }: NewRun): StoredBlob {
  const text = JSON.stringify(graph);
  return { hash: `sha256:${createHash("sha256").update(text).digest("hex")}`, text };
}

/** Each once, and in one order, so that two engines that keep the same ones do not wait for each other in a circle. */
function blobsOf(creations: readonly Creation[], graphs: readonly StoredBlob[]) {
  const unique = new Map<string, StoredBlob & { space: string }>();
  const add = (space: string, blob: StoredBlob) => unique.set(`${space} ${blob.hash}`, { space, ...blob });
  for (const [index, { context, run }] of creations.entries()) {
    for (const blob of [...graphs.slice(index, index + 1), ...run.blobs]) add(context.space, blob);
  }
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, blob]) => blob);
}

function rowOf({ context: { space }, run }: Creation): RunRow {
  return {
    id: run.id,
    space,
    workflow: run.workflow,
    version: run.version,
    status: "queued",
    input: run.input,
    output: null,
    error: null,
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0, ms: 0 },
    lastSeq: run.events.length,
    createdAt: run.createdAt,
    startedAt: null,
    endedAt: null,
    epoch: firstEpoch,
    parent: run.parent ?? null,
    root: run.root ?? null,
  };
}
