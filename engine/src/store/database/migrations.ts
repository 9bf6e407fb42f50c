import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { SignalboxError } from "../../errors.ts";
import type { Database } from "./tables.ts";

/** Steps of the schema, forward only, in the order of their names. A step that has shipped is never changed. */
const migrations: Record<string, Migration> = {
  "0001-first": { up: first },
  "0002-subflows-and-signals": { up: subflowsAndSignals },
  "0003-lean-log": { up: leanLog },
  "0004-questions": { up: questions },
  "0005-credentials": { up: credentials },
  "0006-who-may-decide": { up: whoMayDecide },
  "0007-reminders": { up: reminders },
};

/** Brings a database to the newest schema, or to that of one step. */
export async function migrate(db: Database, step?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: "signalbox_migration",
    migrationLockTableName: "signalbox_migration_lock",
  });
  const { error } = await (step === undefined ? migrator.migrateToLatest() : migrator.migrateTo(step));
  if (error === undefined) return;
  const detail = "The database could not be brought to the newest schema. The log says at which step it stopped.";
  throw new SignalboxError("storage_unavailable", detail, { cause: error });
}

async function first(db: Kysely<unknown>): Promise<void> {
  await sql`create table space (id text primary key, name text not null, created_at text not null)`.execute(db);
  await sql`create table person (id text primary key, name text not null, created_at text not null)`.execute(db);
  await sql`create table session (
    hash text primary key, person text not null references person, space text not null references space,
    created_at text not null, used_at text not null)`.execute(db);
  await sql`create table api_token (
    id text primary key, hash text not null, person text not null references person,
    space text not null references space, name text not null, created_at text not null)`.execute(db);
  await sql`create table workflow (
    id text primary key, space text not null references space, key text not null, name text not null,
    revision integer not null, graph text not null, published_version integer,
    created_at text not null, updated_at text not null, deleted_at text, unique (space, key))`.execute(db);
  await sql`create table workflow_version (
    workflow text not null references workflow, number integer not null, graph text not null, note text,
    by text not null, created_at text not null, primary key (workflow, number))`.execute(db);
  await sql`create table run (
    id text primary key, space text not null references space, workflow text references workflow, version text,
    status text not null, graph text not null, input text not null, output text not null, error text,
    idempotency_key text, epoch integer not null, last_seq integer not null,
    input_tokens double precision not null, output_tokens double precision not null, cost_usd double precision,
    created_at text not null, started_at text, ended_at text, next_due text,
    unique (space, idempotency_key))`.execute(db);
  await sql`create index run_by_age on run (space, created_at desc, id desc)`.execute(db);
  await sql`create index run_unfinished on run (created_at) where ended_at is null`.execute(db);
  await sql`create table event (
    run text not null, seq integer not null, epoch integer not null, at text not null, type text not null,
    body text not null, primary key (run, seq))`.execute(db);
  await sql`create table inbox (
    run text not null, id text not null, entry text not null, created_at text not null,
    primary key (run, id))`.execute(db);
  await sql`create table blob (
    space text not null, hash text not null, body text not null, primary key (space, hash))`.execute(db);
  await sql`create table approval (
    id text primary key, space text not null references space, run text not null references run,
    node text not null, activation text not null, status text not null, title text not null, body text,
    show text not null, form text not null, due_at text, requested_at text not null, quorum integer not null,
    votes text not null, decided_by text, decided_at text)`.execute(db);
  await sql`create index approval_by_age on approval (space, status, requested_at desc, id desc)`.execute(db);
}

async function subflowsAndSignals(db: Kysely<unknown>): Promise<void> {
  await sql`alter table run add column parent text, add column root text`.execute(db);
  await sql`create index run_by_parent on run (parent) where parent is not null`.execute(db);
  await sql`create table signal (
    id text primary key, space text not null references space, name text not null, correlation text not null,
    payload text not null, sent_at text not null, expires_at text not null, given_to text)`.execute(db);
  await sql`create index signal_kept on signal (space, name, correlation, id) where given_to is null`.execute(db);
  await sql`create table signal_wait (
    run text not null, activation text not null, space text not null references space, name text not null,
    correlation text not null, since text not null, signal text, primary key (run, activation))`.execute(db);
  await sql`create index signal_wait_open on signal_wait (space, name, correlation, since) where signal is null`.execute(
    db,
  );
}

/**
 * A row of the log holds the events of a step, in place of a row for each; a row of one event reads as before. A graph
 * moves from the row of its run, which every step rewrites, to the values kept by their content.
 */
async function leanLog(db: Kysely<unknown>): Promise<void> {
  await sql`alter table event rename to log`.execute(db);
  await sql`alter table log rename column body to events`.execute(db);
  await sql`alter table log drop column at, drop column type`.execute(db);
  const hash = sql`'sha256:' || encode(sha256(convert_to(graph, 'UTF8')), 'hex')`;
  await sql`insert into blob (space, hash, body) select distinct space, ${hash}, graph from run
    on conflict (space, hash) do nothing`.execute(db);
  await sql`update run set graph = ${hash}`.execute(db);
  // most runs have no key, and need no entry in its index
  await sql`alter table run drop constraint run_space_idempotency_key_key`.execute(db);
  await sql`create unique index run_by_key on run (space, idempotency_key) where idempotency_key is not null`.execute(
    db,
  );
}

async function questions(db: Kysely<unknown>): Promise<void> {
  await sql`create table question (
    id text primary key, space text not null references space, run text not null references run,
    node text not null, activation text not null, status text not null, body text not null, options text not null,
    asked_at text not null, answer text, answered_by text, answered_at text)`.execute(db);
  await sql`create index question_by_age on question (space, status, asked_at desc, id desc)`.execute(db);
}

async function credentials(db: Kysely<unknown>): Promise<void> {
  await sql`create table credential (
    id text primary key, space text not null references space, name text not null, kind text not null,
    hosts text not null, sealed text not null, key_fingerprint text not null, created_at text not null)`.execute(db);
  await sql`create index credential_by_age on credential (space, created_at desc, id desc)`.execute(db);
}

async function whoMayDecide(db: Kysely<unknown>): Promise<void> {
  await sql`alter table approval add column assignees text not null default '[]', add column not_by text`.execute(db);
}

async function reminders(db: Kysely<unknown>): Promise<void> {
  await sql`alter table approval add column reminded_at text, add column escalated_at text`.execute(db);
}
