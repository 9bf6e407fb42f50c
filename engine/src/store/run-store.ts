import type { Failure } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import { canonicalJson, type Json } from "@signalbox/shared/json";
import type { RunStatus } from "@signalbox/shared/run";
import { type Selectable, sql } from "kysely";
import type { Clock } from "../clock.ts";
import { SignalboxError } from "../errors.ts";
import { appendBatch } from "./append.ts";
import { type Creation, createRuns, keyOf } from "./create-runs.ts";
import type { Database, Tables } from "./database/tables.ts";
import { gather } from "./gather.ts";
import { eventsOf, longestPiece } from "./pieces.ts";
import { isRefusal } from "./refusal.ts";
import type { InboxEntry, RunRow, RunStore, SpaceContext } from "./store.ts";

/** The run store on either database. */
export function createRunStore(db: Database, { clock, newId }: { clock: Clock; newId: () => string }): RunStore {
  const create = gather((creations: readonly Creation[]) => createRuns(db, creations));
  return {
    createRun: async (context, run) => {
      const created = await create({ context, run });
      if (created) return { run: created, created: true };
      const known = await startedWith(db, context, keyOf(run.workflow, run.idempotencyKey ?? ""));
      if (!known) throw new Error(`The store took neither ${run.id} nor knows a run of its key.`);
      refuseOtherInput(known, run.input);
      return { run: known, created: false };
    },
    runOfKey: async (context, { workflow, idempotencyKey, input }) => {
      const known = await startedWith(db, context, keyOf(workflow, idempotencyKey));
      if (known && input !== undefined) refuseOtherInput(known, input);
      return known;
    },
    isRefusal,
    claimRun: async (run) => {
      const row = await db
        .updateTable("run")
        .set({ epoch: sql`epoch + 1` })
        .where("id", "=", run)
        .returning(["epoch", "space", "last_seq"])
        .executeTakeFirst();
      if (!row) throw unknownRun(run);
      return { epoch: row.epoch, space: row.space, lastSeq: row.last_seq };
    },
    append: (batch) => appendBatch(db, batch, { at: new Date(clock.now()).toISOString(), newId }),
    graphOfRun: async (run) => {
      const row = await db
        .selectFrom("run")
        .innerJoin("blob", (on) => on.onRef("blob.space", "=", "run.space").onRef("blob.hash", "=", "run.graph"))
        .select("blob.body")
        .where("run.id", "=", run)
        .executeTakeFirst();
      if (!row) throw unknownRun(run);
      // it was parsed when it was stored
      return JSON.parse(row.body) as Graph;
    },
    readEvents: async (run, after, limit) => {
      const pieces = await db
        .selectFrom("log")
        .select(["seq", "events"])
        .where("run", "=", run)
        .where("seq", ">", after - longestPiece)
        // the log has no gaps
        .where("seq", "<=", after + limit)
        .orderBy("seq")
        .execute();
      const events = pieces.flatMap(eventsOf).filter(({ seq }) => seq > after);
      return events.slice(0, limit);
    },
    readBlobs: async (space, hashes) => {
      if (hashes.length === 0) return new Map();
      const rows = await db
        .selectFrom("blob")
        .select(["hash", "body"])
        .where("space", "=", space)
        .where("hash", "in", hashes)
        .execute();
      return new Map(rows.map(({ hash, body }) => [hash, body]));
    },
    addToInbox: async (run, entry) => {
      const id = newId();
      await addToInbox(db, { id, run, entry, at: new Date(clock.now()).toISOString() });
      return id;
    },
    readInbox: async (run) => {
      const rows = await db
        .selectFrom("inbox")
        .select(["id", "entry"])
        .where("run", "=", run)
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return rows.map(({ id, entry }) => ({ id, entry: JSON.parse(entry) as InboxEntry }));
    },
    unfinishedRuns: async () => {
      const rows = await db
        .selectFrom("run")
        .select(["id", "status", "next_due"])
        .select((where) =>
          where
            .exists(where.selectFrom("inbox").select("inbox.id").whereRef("inbox.run", "=", "run.id"))
            .as("is_called"),
        )
        .where("ended_at", "is", null)
        .orderBy("created_at")
        .execute();
      return rows.map(({ id, status, next_due, is_called }) => ({
        run: id,
        status: status as RunStatus,
        nextDue: next_due,
        isCalled: Boolean(is_called),
      }));
    },
  };
}

/** Puts a request to a run into its inbox. */
export async function addToInbox(
  db: Database,
  { id, run, entry, at }: { id: string; run: string; entry: InboxEntry; at: string },
): Promise<void> {
  await db
    .insertInto("inbox")
    .values({ run, id, entry: JSON.stringify(entry), created_at: at })
    .execute();
}

async function startedWith(db: Database, { space }: SpaceContext, key: string): Promise<RunRow | undefined> {
  const row = await db
    .selectFrom("run")
    .selectAll()
    .where("space", "=", space)
    .where("idempotency_key", "=", key)
    .executeTakeFirst();
  return row && readRow(row);
}

function refuseOtherInput(known: RunRow, input: Json): void {
  if (canonicalJson(known.input) === canonicalJson(input)) return;
  const detail = "This idempotency key was used before with another input. Use a new key for another run.";
  throw new SignalboxError("idempotency_conflict", detail, { more: { run: known.id } });
}

/** A row as the rest of the engine knows it. */
export function readRow(row: Selectable<Tables["run"]>): RunRow {
  const { started_at: startedAt, ended_at: endedAt } = row;
  const ms = startedAt === null || endedAt === null ? 0 : Date.parse(endedAt) - Date.parse(startedAt);
  return {
    id: row.id,
    space: row.space,
    workflow: row.workflow,
    version: row.version === null || row.version === "draft" ? row.version : Number(row.version),
    status: row.status as RunStatus,
    input: JSON.parse(row.input) as Json,
    output: JSON.parse(row.output) as Json,
    error: row.error === null ? null : (JSON.parse(row.error) as Failure),
    usage: { inputTokens: row.input_tokens, outputTokens: row.output_tokens, costUsd: row.cost_usd, ms },
    lastSeq: row.last_seq,
    createdAt: row.created_at,
    startedAt,
    endedAt,
    epoch: row.epoch,
    parent: row.parent,
    root: row.root,
  };
}

function unknownRun(run: string): SignalboxError {
  return new SignalboxError("not_found", `There is no run ${run}.`);
}
