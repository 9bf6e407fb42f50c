import type { Version, Workflow, WorkflowSummary } from "@signalbox/shared/api";
import { type Graph, writeGraph } from "@signalbox/shared/graph";
import { type Selectable, sql } from "kysely";
import type { Clock } from "../clock.ts";
import { SignalboxError } from "../errors.ts";
import type { Database, Tables } from "./database/tables.ts";
import { type Page, pageOf, readCursor } from "./page.ts";
import type { SpaceContext } from "./store.ts";

export interface WorkflowStore {
  list: (context: SpaceContext, page: Page) => Promise<{ items: WorkflowSummary[]; next: string | null }>;
  get: (context: SpaceContext, id: string) => Promise<Workflow>;
  create: (context: SpaceContext, graph: Graph) => Promise<Workflow>;
  /** Throws `revision_conflict` when someone saved in between. */
  save: (context: SpaceContext, id: string, graph: Graph, revision: number) => Promise<Workflow>;
  remove: (context: SpaceContext, id: string) => Promise<void>;
  publish: (context: SpaceContext, id: string, note: string | undefined) => Promise<Version>;
  versions: (context: SpaceContext, id: string, page: Page) => Promise<{ items: Version[]; next: string | null }>;
  version: (context: SpaceContext, id: string, number: number) => Promise<Version & { graph: Graph }>;
  /** By key, as a subflow names it: this version, else the published one, else the draft. Throws `workflow_unknown`. */
  find: (
    context: SpaceContext,
    key: string,
    version: number | "draft" | undefined,
  ) => Promise<{ id: string; key: string; version: number | "draft"; graph: Graph }>;
}

type Row = Selectable<Tables["workflow"]>;

export function createWorkflowStore(
  db: Database,
  { clock, newId }: { clock: Clock; newId: () => string },
): WorkflowStore {
  const now = () => new Date(clock.now()).toISOString();

  async function find({ space }: SpaceContext, id: string): Promise<Row> {
    const row = await db
      .selectFrom("workflow")
      .selectAll()
      .where("id", "=", id)
      .where("space", "=", space)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    if (!row) throw new SignalboxError("not_found", "There is no such workflow.");
    return row;
  }

  async function create({ space }: SpaceContext, graph: Graph): Promise<Workflow> {
    const at = now();
    const base = slugOf(graph.name);
    for (let attempt = 1; ; attempt += 1) {
      const row = await db
        .insertInto("workflow")
        .values({
          id: `wf_${newId()}`,
          space,
          key: attempt === 1 ? base : `${base}-${attempt}`,
          name: graph.name,
          revision: 1,
          graph: writeGraph(graph),
          published_version: null,
          created_at: at,
          updated_at: at,
          deleted_at: null,
        })
        .onConflict((conflict) => conflict.columns(["space", "key"]).doNothing())
        .returningAll()
        .executeTakeFirst();
      if (row) return readWorkflow(row);
    }
  }

  async function save(context: SpaceContext, id: string, graph: Graph, revision: number): Promise<Workflow> {
    const row = await db
      .updateTable("workflow")
      .set({ graph: writeGraph(graph), name: graph.name, revision: revision + 1, updated_at: now() })
      .where("id", "=", id)
      .where("space", "=", context.space)
      .where("revision", "=", revision)
      .where("deleted_at", "is", null)
      .returningAll()
      .executeTakeFirst();
    if (row) return readWorkflow(row);
    const known = await find(context, id);
    const detail = `The workflow was saved meanwhile: it is at revision ${known.revision}, not ${revision}. Load it again.`;
    throw new SignalboxError("revision_conflict", detail, { more: { revision: known.revision } });
  }

  async function publish(context: SpaceContext, id: string, note: string | undefined): Promise<Version> {
    return await db.transaction().execute(async (tx) => {
      const row = await tx
        .selectFrom("workflow")
        .selectAll()
        .where("id", "=", id)
        .where("space", "=", context.space)
        .where("deleted_at", "is", null)
        .forUpdate()
        .executeTakeFirst();
      if (!row) throw new SignalboxError("not_found", "There is no such workflow.");
      const number = (row.published_version ?? 0) + 1;
      const version = { number, note: note ?? null, by: context.actor, created_at: now() };
      await tx
        .insertInto("workflow_version")
        .values({ workflow: id, graph: row.graph, ...version })
        .execute();
      await tx.updateTable("workflow").set({ published_version: number }).where("id", "=", id).execute();
      return readVersion(version);
    });
  }

  return {
    create,
    save,
    publish,
    get: async (context, id) => readWorkflow(await find(context, id)),
    list: async ({ space }, page) => {
      const after = readCursor(page.cursor);
      const rows = await db
        .selectFrom("workflow")
        .select(["id", "key", "name", "revision", "published_version", "updated_at", "created_at"])
        .where("space", "=", space)
        .where("deleted_at", "is", null)
        .$if(after !== undefined, (query) => query.where(sql<boolean>`(created_at, id) < (${after?.at}, ${after?.id})`))
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(page.limit + 1)
        .execute();
      const { items, next } = pageOf(rows, page.limit, (row) => ({ at: row.created_at, id: row.id }));
      return { items: items.map(summaryOf), next };
    },
    remove: async (context, id) => {
      await find(context, id);
      // its key is free again for another workflow
      await db
        .updateTable("workflow")
        .set({ deleted_at: now(), key: sql`key || '~' || id` })
        .where("id", "=", id)
        .execute();
    },
    versions: async (context, id, page) => {
      await find(context, id);
      const after = readCursor(page.cursor);
      const rows = await db
        .selectFrom("workflow_version")
        .select(["number", "note", "by", "created_at"])
        .where("workflow", "=", id)
        .$if(after !== undefined, (query) => query.where("number", "<", Number(after?.id)))
        .orderBy("number", "desc")
        .limit(page.limit + 1)
        .execute();
      const { items, next } = pageOf(rows, page.limit, (row) => ({ at: row.created_at, id: String(row.number) }));
      return { items: items.map(readVersion), next };
    },
    version: async (context, id, number) => {
      await find(context, id);
      const row = await db
        .selectFrom("workflow_version")
        .selectAll()
        .where("workflow", "=", id)
        .where("number", "=", number)
        .executeTakeFirst();
      if (!row) throw new SignalboxError("not_found", `There is no version ${number} of this workflow.`);
      return { ...readVersion(row), graph: readGraph(row.graph) };
    },
    find: async ({ space }, key, wanted) => {
      const row = await db
        .selectFrom("workflow")
        .selectAll()
        .where("space", "=", space)
        .where("key", "=", key)
        .where("deleted_at", "is", null)
        .executeTakeFirst();
      if (!row) throw new SignalboxError("workflow_unknown", `There is no workflow "${key}".`);
      const version = wanted ?? row.published_version ?? "draft";
      if (version === "draft") return { id: row.id, key, version, graph: readGraph(row.graph) };
      const published = await db
        .selectFrom("workflow_version")
        .select("graph")
        .where("workflow", "=", row.id)
        .where("number", "=", version)
        .executeTakeFirst();
      if (!published) throw new SignalboxError("workflow_unknown", `There is no version ${version} of "${key}".`);
      return { id: row.id, key, version, graph: readGraph(published.graph) };
    },
  };
}

function readWorkflow(row: Row): Workflow {
  const { id, key, name, revision, graph, published_version: publishedVersion } = row;
  return { id, key, name, revision, graph: readGraph(graph), publishedVersion };
}

function summaryOf(row: Omit<Row, "graph" | "space" | "deleted_at">): WorkflowSummary {
  const { id, key, name, revision, published_version: publishedVersion, updated_at: updatedAt } = row;
  return { id, key, name, revision, publishedVersion, updatedAt };
}

function readVersion(row: { number: number; note: string | null; by: string; created_at: string }): Version {
  return { version: row.number, note: row.note, by: row.by, createdAt: row.created_at };
}

function readGraph(text: string): Graph {
  // it was parsed when it was stored
  return JSON.parse(text) as Graph;
}

function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, 60) || "workflow";
}
