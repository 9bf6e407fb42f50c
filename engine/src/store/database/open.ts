import { existsSync } from "node:fs";
import { join } from "node:path";
import { Kysely, PGliteDialect, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { SignalboxError } from "../../errors.ts";
import { openEmbedded } from "./embedded.ts";
import { guardFolder } from "./guard.ts";
import { migrate } from "./migrations.ts";
import type { Database, Tables } from "./tables.ts";

export type Place = { folder: string } | { url: string } | { memory: true };

export interface OpenDatabase {
  db: Database;
  kind: "embedded" | "postgres";
  close: () => Promise<void>;
}

/** Opens the database, brings it to the newest schema, and (for a folder) takes it for this process alone. */
export async function openDatabase(
  place: Place,
  onProgress: (sentence: string) => void = () => {},
): Promise<OpenDatabase> {
  if ("url" in place) return await openPostgres(place.url);
  const release = "folder" in place ? await guardFolder(place.folder) : async () => {};
  const folder = "folder" in place ? join(place.folder, "database") : null;
  if (folder !== null && !existsSync(folder))
    onProgress("Creating the database, which takes about ten seconds the first time …");
  const pglite = await openEmbedded(folder);
  const db: Database = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  await migrate(db);
  return {
    db,
    kind: "embedded",
    close: async () => {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
      await release();
    },
  };
}

async function openPostgres(url: string): Promise<OpenDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // a connection that is lost while idle must not end the process; the next query takes a new one
  pool.on("error", () => undefined);
  const db: Database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`select 1`.execute(db);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const detail = `The database of DATABASE_URL does not answer: ${reason}. Check that PostgreSQL runs and the URL is right.`;
    throw new SignalboxError("storage_unavailable", detail, { cause });
  }
  await migrate(db);
  return { db, kind: "postgres", close: () => db.destroy() };
}
