import { sql } from "kysely";
import { SignalboxError } from "../errors.ts";
import type { Database } from "./database/tables.ts";
import { type Page, pageOf, readCursor } from "./page.ts";
import { readRow } from "./run-store.ts";
import type { RunRow, SpaceContext } from "./store.ts";

interface RunFilter {
  workflow?: string | undefined;
  status?: string | undefined;
  parent?: string | undefined;
  q?: string | undefined;
}

/** Runs as people look for them. */
export interface RunList {
  list: (context: SpaceContext, filter: RunFilter, page: Page) => Promise<{ items: RunRow[]; next: string | null }>;
  get: (context: SpaceContext, id: string) => Promise<RunRow>;
  counts: () => Promise<{ status: string; count: number }[]>;
}

export function createRunList(db: Database): RunList {
  return {
    list: async ({ space }, { workflow, status, parent, q }, page) => {
      const after = readCursor(page.cursor);
      const rows = await db
        .selectFrom("run")
        .selectAll()
        .where("space", "=", space)
        .$if(workflow !== undefined, (query) => query.where("workflow", "=", workflow ?? ""))
        .$if(status !== undefined, (query) => query.where("status", "=", status ?? ""))
        .$if(parent !== undefined, (query) => query.where("parent", "=", parent ?? ""))
        .$if(q !== undefined && q !== "", (query) =>
          query.where((where) => {
            const like = `%${(q ?? "").replace(/[\\%_]/g, "\\$&")}%`;
            return where.or([
              where("input", "ilike", like),
              where("output", "ilike", like),
              where("id", "ilike", like),
            ]);
          }),
        )
        .$if(after !== undefined, (query) => query.where(sql<boolean>`(created_at, id) < (${after?.at}, ${after?.id})`))
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(page.limit + 1)
        .execute();
      const { items, next } = pageOf(rows, page.limit, (row) => ({ at: row.created_at, id: row.id }));
      return { items: items.map(readRow), next };
    },
    get: async ({ space }, id) => {
      const row = await db
        .selectFrom("run")
        .selectAll()
        .where("id", "=", id)
        .where("space", "=", space)
        .executeTakeFirst();
      if (!row) throw new SignalboxError("not_found", "There is no such run.");
      return readRow(row);
    },
    counts: async () => {
      const rows = await db
        .selectFrom("run")
        .select(["status", ({ fn }) => fn.countAll().as("count")])
        .groupBy("status")
        .execute();
      return rows.map(({ status, count }) => ({ status, count: Number(count) }));
    },
  };
}
