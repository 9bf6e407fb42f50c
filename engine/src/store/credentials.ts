import type { CreateCredential, Credential } from "@signalbox/shared/api";
import { type Selectable, sql } from "kysely";
import type { Clock } from "../clock.ts";
import { type MasterKey, seal, unseal } from "../credentials/seal.ts";
import { Secret } from "../credentials/secret.ts";
import { SignalboxError } from "../errors.ts";
import type { Database, Tables } from "./database/tables.ts";
import { type Page, pageOf, readCursor } from "./page.ts";
import type { SpaceContext } from "./store.ts";

type KindAndSecret<Given> = Given extends { kind: unknown; secret: unknown } ? Pick<Given, "kind" | "secret"> : never;
type SealedSecret = KindAndSecret<CreateCredential>;

/** A credential on its way to the wire. */
export type OpenCredential = Pick<Credential, "id" | "hosts"> & { secret: Secret<SealedSecret> };

export interface CredentialStore {
  list: (context: SpaceContext, page: Page) => Promise<{ items: Credential[]; next: string | null }>;
  create: (context: SpaceContext, given: CreateCredential) => Promise<Credential>;
  remove: (context: SpaceContext, id: string) => Promise<void>;
  /** For the connector that sends it. Throws `credential_unknown`. */
  open: (space: string, id: string) => Promise<OpenCredential>;
  /** Every id of a space, to check graphs against. */
  ids: (space: string) => Promise<string[]>;
}

type Row = Selectable<Tables["credential"]>;

export function createCredentialStore(
  db: Database,
  key: MasterKey,
  { clock, newId }: { clock: Clock; newId: () => string },
): CredentialStore {
  return {
    list: async ({ space }, page) => {
      const after = readCursor(page.cursor);
      const rows = await db
        .selectFrom("credential")
        .selectAll()
        .where("space", "=", space)
        .$if(after !== undefined, (query) => query.where(sql<boolean>`(created_at, id) < (${after?.at}, ${after?.id})`))
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(page.limit + 1)
        .execute();
      const { items, next } = pageOf(rows, page.limit, (row) => ({ at: row.created_at, id: row.id }));
      return { items: items.map(readCredential), next };
    },
    create: async ({ space }, { name, hosts, kind, secret }) => {
      const id = `cred_${newId()}`;
      const row: Row = {
        id,
        space,
        name,
        kind,
        hosts: JSON.stringify(hosts),
        sealed: seal(JSON.stringify({ kind, secret }), boundTo(id, space), key),
        key_fingerprint: key.fingerprint,
        created_at: new Date(clock.now()).toISOString(),
      };
      await db.insertInto("credential").values(row).execute();
      return readCredential(row);
    },
    remove: async ({ space }, id) => {
      const gone = await db
        .deleteFrom("credential")
        .where("id", "=", id)
        .where("space", "=", space)
        .returning("id")
        .execute();
      if (gone.length === 0) throw new SignalboxError("not_found", "There is no such credential.");
    },
    open: async (space, id) => {
      const row = await db
        .selectFrom("credential")
        .selectAll()
        .where("id", "=", id)
        .where("space", "=", space)
        .executeTakeFirst();
      if (!row) {
        const detail = `There is no credential ${id} any more. Choose another in the node.`;
        throw new SignalboxError("credential_unknown", detail, { retryable: false });
      }
      const opened = JSON.parse(unseal(row.sealed, boundTo(id, space), key)) as SealedSecret;
      return { id, hosts: JSON.parse(row.hosts) as string[], secret: new Secret(id, opened) };
    },
    ids: async (space) => {
      const rows = await db.selectFrom("credential").select("id").where("space", "=", space).execute();
      return rows.map(({ id }) => id);
    },
  };
}

/** A start with another key than the credentials were sealed with would look like their loss: it is refused. */
export async function refuseOtherKey(db: Database, key: MasterKey): Promise<void> {
  const other = await db
    .selectFrom("credential")
    .select("id")
    .where("key_fingerprint", "!=", key.fingerprint)
    .limit(1)
    .executeTakeFirst();
  if (!other) return;
  throw new SignalboxError(
    "key_wrong",
    "The credentials in this database were sealed with another key. Start with the SIGNALBOX_KEY or the key file of then.",
  );
}

/** Rows cannot be swapped: a sealed text opens only in its own place. */
function boundTo(id: string, space: string): string {
  return `${space}/${id}/1`;
}

function readCredential({ id, name, kind, hosts, created_at: createdAt }: Row): Credential {
  return { id, name, kind: kind as Credential["kind"], hosts: JSON.parse(hosts) as string[], createdAt };
}
