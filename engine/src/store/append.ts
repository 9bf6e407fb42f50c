import { type Kysely, sql } from "kysely";
import type { Database, Tables } from "./database/tables.ts";
import { piecesOf } from "./pieces.ts";
import type { Append, ApprovalProjection, Call, QuestionProjection, StoredBlob } from "./store.ts";

type Connection = Kysely<Tables>;

/**
 * The steps of many runs in one transaction, with as few round trips as can be. The fence is a compare-and-append: a
 * step lands only if the run still has the owner's epoch and ends where the owner believes it does.
 */
export async function appendBatch(
  db: Database,
  batch: readonly Append[],
  { at, newId }: { at: string; newId: () => string },
): Promise<readonly ("stored" | "fenced")[]> {
  const plain = batch.every(
    ({ blobs, approvals, questions, inboxTaken, calls }) =>
      blobs.length + approvals.length + questions.length + inboxTaken.length + calls.length === 0,
  );
  if (plain) return await appendSteps(db, batch);
  return await db.transaction().execute(async (tx) => {
    const outcomes = await appendSteps(tx, batch);
    for (const [index, { run, space, blobs, approvals, questions, inboxTaken, calls }] of batch.entries()) {
      if (outcomes[index] !== "stored") continue;
      await putBlobs(tx, space, blobs);
      for (const approval of approvals) await putApproval(tx, space, run, approval);
      for (const question of questions) await putQuestion(tx, space, run, question);
      if (inboxTaken.length > 0) {
        await tx.deleteFrom("inbox").where("run", "=", run).where("id", "in", inboxTaken).execute();
      }
      await putCalls(tx, calls, { at, newId });
    }
    return outcomes;
  });
}

/** The log and the run rows of all steps in one statement, which is one transaction by itself. */
async function appendSteps(db: Connection, batch: readonly Append[]): Promise<("stored" | "fenced")[]> {
  const column = <Value>(read: (append: Append) => Value) => batch.map(read);
  const pieces = batch.flatMap(({ run, epoch, events }) => piecesOf(events).map((piece) => ({ run, epoch, ...piece })));
  const { rows } = await sql<{ id: string; pieces: number | string }>`
    with step as (
      select * from unnest(
        ${column(({ run }) => run)}::text[], ${column(({ epoch }) => epoch)}::int[],
        ${column(({ projection, events: own }) => projection.lastSeq - own.length)}::int[],
        ${column(({ projection }) => projection.lastSeq)}::int[],
        ${column(({ projection }) => projection.status)}::text[],
        ${column(({ projection }) => JSON.stringify(projection.output))}::text[],
        ${column(({ projection }) => (projection.error === null ? null : JSON.stringify(projection.error)))}::text[],
        ${column(({ projection }) => projection.inputTokens)}::float8[],
        ${column(({ projection }) => projection.outputTokens)}::float8[],
        ${column(({ projection }) => projection.costUsd)}::float8[],
        ${column(({ projection }) => projection.startedAt)}::text[],
        ${column(({ projection }) => projection.endedAt)}::text[],
        ${column(({ projection }) => projection.nextDue)}::text[]
      ) as s(id, epoch, before_seq, last_seq, status, output, error, input_tokens, output_tokens, cost_usd,
             started_at, ended_at, next_due)
    ), owned as (
      update run set status = s.status, output = s.output, error = s.error, last_seq = s.last_seq,
        input_tokens = s.input_tokens, output_tokens = s.output_tokens, cost_usd = s.cost_usd,
        started_at = s.started_at, ended_at = s.ended_at, next_due = s.next_due
      from step s where run.id = s.id and run.epoch = s.epoch and run.last_seq = s.before_seq
      returning run.id
    ), added as (
      insert into log (run, seq, epoch, events)
      select p.* from unnest(
        ${pieces.map(({ run }) => run)}::text[], ${pieces.map(({ seq }) => seq)}::int[],
        ${pieces.map(({ epoch }) => epoch)}::int[], ${pieces.map(({ events }) => events)}::text[]
      ) as p(run, seq, epoch, events) where p.run in (select id from owned)
      returning run
    )
    select owned.id, coalesce(counted.pieces, 0) as pieces
    from owned left join (select run, count(*) as pieces from added group by run) counted on counted.run = owned.id
  `.execute(db);
  const stored = new Map(rows.map((row) => [row.id, Number(row.pieces)]));
  const given = Map.groupBy(pieces, ({ run }) => run);
  return batch.map(({ run }) => {
    const count = stored.get(run);
    if (count === undefined) return "fenced";
    const wanted = given.get(run)?.length ?? 0;
    // the embedded database was seen to answer "done" for rows it did not keep
    if (count !== wanted) throw new Error(`The store kept ${count} of ${wanted} rows of the log of ${run}.`);
    return "stored";
  });
}

async function putCalls(
  db: Connection,
  calls: readonly Call[],
  { at, newId }: { at: string; newId: () => string },
): Promise<void> {
  if (calls.length === 0) return;
  // an inbox is read by time, then id: in the order in which they were said
  const ids = calls.map(() => newId()).sort();
  const rows = calls.map(({ run, entry }, index) => {
    return { run, id: ids[index] ?? newId(), entry: JSON.stringify(entry), created_at: at };
  });
  await db.insertInto("inbox").values(rows).execute();
}

/** Keeps values by their content, each once. */
async function putBlobs(db: Connection, space: string, blobs: readonly StoredBlob[]): Promise<void> {
  const byHash = new Map(blobs.map((blob) => [blob.hash, blob.text]));
  if (byHash.size === 0) return;
  await db
    .insertInto("blob")
    .values([...byHash].map(([hash, body]) => ({ space, hash, body })))
    .onConflict((conflict) => conflict.columns(["space", "hash"]).doNothing())
    .execute();
}

/** No database keeps a NUL in text; the log has it as it was, in JSON. */
function storable(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

async function putApproval(db: Connection, space: string, run: string, approval: ApprovalProjection): Promise<void> {
  const { id, node, activation, status, title, body, show, form, requestedAt, quorum, notBy } = approval;
  // what the clock may change after it was asked
  const news = {
    due_at: approval.dueAt,
    assignees: JSON.stringify(approval.assignees),
    reminded_at: approval.remindedAt,
    escalated_at: approval.escalatedAt,
  };
  await db
    .insertInto("approval")
    .values({
      id,
      space,
      run,
      node,
      activation,
      status,
      title: storable(title),
      body: body === null ? null : storable(body),
      show: JSON.stringify(show),
      form: JSON.stringify(form),
      requested_at: requestedAt,
      quorum,
      ...news,
      not_by: notBy,
      votes: "[]",
      decided_by: null,
      decided_at: null,
    })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet({
        ...news,
        // a decision already taken here must not be undone by the owner, who has not heard of it yet
        ...(status === "pending" ? {} : { status }),
      }),
    )
    .execute();
}

async function putQuestion(db: Connection, space: string, run: string, question: QuestionProjection): Promise<void> {
  const { id, node, activation, status, text, options, askedAt } = question;
  await db
    .insertInto("question")
    .values({
      id,
      space,
      run,
      node,
      activation,
      status,
      body: storable(text),
      options: storable(JSON.stringify(options)),
      asked_at: askedAt,
      answer: null,
      answered_by: null,
      answered_at: null,
    })
    .onConflict((conflict) =>
      // as with approvals: an answer already taken here stands
      conflict.column("id").doUpdateSet({ status }).where(sql.lit(status), "!=", "pending"),
    )
    .execute();
}
