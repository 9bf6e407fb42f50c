import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Database } from "./database/tables.ts";
import type { SpaceContext } from "./store.ts";

/** Who asks, and in which space. */
export interface Identity extends SpaceContext {
  person: { id: string; name: string };
  spaceName: string;
}

const idleMs = 7 * 24 * 3600_000;
const longestMs = 30 * 24 * 3600_000;

/** People, their sessions and tokens. Secrets are kept as SHA-256 alone. */
export interface People {
  /** The owner and the first space, made on the first start. */
  ensureOwner: (ownerToken: string | undefined) => Promise<SpaceContext>;
  openSession: (context: SpaceContext) => Promise<string>;
  bySession: (secret: string) => Promise<Identity | undefined>;
  closeSession: (secret: string) => Promise<void>;
  byToken: (token: string) => Promise<Identity | undefined>;
}

export function createPeople(db: Database, { clock, newId }: { clock: Clock; newId: () => string }): People {
  const now = () => new Date(clock.now()).toISOString();

  async function identity(person: string, space: string): Promise<Identity | undefined> {
    const row = await db
      .selectFrom("person")
      .innerJoin("space", (join) => join.on("space.id", "=", space))
      .select(["person.id", "person.name", "space.name as space_name"])
      .where("person.id", "=", person)
      .executeTakeFirst();
    return row && { space, actor: row.name, person: { id: row.id, name: row.name }, spaceName: row.space_name };
  }

  async function ensureOwner(ownerToken: string | undefined): Promise<SpaceContext> {
    const known = await db.selectFrom("space").select("id").orderBy("created_at").executeTakeFirst();
    const owner = await db.selectFrom("person").select(["id", "name"]).orderBy("created_at").executeTakeFirst();
    const context = known && owner ? { space: known.id, actor: owner.id } : await makeOwner();
    if (ownerToken !== undefined) {
      await db
        .insertInto("api_token")
        .values({
          id: "owner",
          hash: digest(ownerToken),
          person: context.actor,
          space: context.space,
          name: "Owner, from the environment",
          created_at: now(),
        })
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ hash: digest(ownerToken) }))
        .execute();
    }
    return context;
  }

  async function makeOwner(): Promise<SpaceContext> {
    const context = { space: `space_${newId()}`, actor: `person_${newId()}` };
    await db.transaction().execute(async (tx) => {
      await tx.insertInto("space").values({ id: context.space, name: "Home", created_at: now() }).execute();
      await tx.insertInto("person").values({ id: context.actor, name: "Owner", created_at: now() }).execute();
    });
    return context;
  }

  async function openSession({ space, actor }: SpaceContext): Promise<string> {
    const secret = randomBytes(32).toString("base64url");
    const at = now();
    await db
      .insertInto("session")
      .values({ hash: digest(secret), person: actor, space, created_at: at, used_at: at })
      .execute();
    return secret;
  }

  async function bySession(secret: string): Promise<Identity | undefined> {
    const hash = digest(secret);
    const row = await db.selectFrom("session").selectAll().where("hash", "=", hash).executeTakeFirst();
    if (!row) return undefined;
    const idle = clock.now() - Date.parse(row.used_at);
    if (idle > idleMs || clock.now() - Date.parse(row.created_at) > longestMs) {
      await db.deleteFrom("session").where("hash", "=", hash).execute();
      return undefined;
    }
    // once an hour is often enough to know that it is in use
    if (idle > 3600_000) await db.updateTable("session").set({ used_at: now() }).where("hash", "=", hash).execute();
    return await identity(row.person, row.space);
  }

  async function byToken(token: string): Promise<Identity | undefined> {
    const given = digest(token);
    const rows = await db.selectFrom("api_token").select(["hash", "person", "space"]).execute();
    const found = rows.find(({ hash }) => timingSafeEqual(Buffer.from(hash, "hex"), Buffer.from(given, "hex")));
    return found && (await identity(found.person, found.space));
  }

  return {
    ensureOwner,
    openSession,
    bySession,
    closeSession: async (secret) => {
      await db.deleteFrom("session").where("hash", "=", digest(secret)).execute();
    },
    byToken,
  };
}

function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
