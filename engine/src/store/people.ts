import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Database } from "./database/tables.ts";
import type { SpaceContext } from "./store.ts";

/** A person who acts in a space, and as what. */
export interface Decider extends SpaceContext {
  person: { id: string; name: string };
  roles: readonly string[];
}

/** Who asks, and in which space. */
export interface Identity extends Decider {
  spaceName: string;
}

/** A space has its owner and nobody else yet, who may do whatever any role may. */
const ownerRoles = ["owner", "admin", "editor", "approver"];

const idleMs = 7 * 24 * 3600_000;
const longestMs = 30 * 24 * 3600_000;

/** People, their sessions and tokens. Secrets are kept as SHA-256 alone. */
export interface People {
  /** The owner and the first space, made on the first start. */
  ensureOwner: (ownerToken: string | undefined) => Promise<Decider>;
  openSession: (context: SpaceContext) => Promise<string>;
  bySession: (secret: string) => Promise<Identity | undefined>;
  closeSession: (secret: string) => Promise<void>;
  byToken: (token: string) => Promise<Identity | undefined>;
}

export function createPeople(db: Database, { clock, newId }: { clock: Clock; newId: () => string }): People {
  const now = () => new Date(clock.now()).toISOString();

  async function identity(id: string, space: string): Promise<Identity | undefined> {
    const row = await db
      .selectFrom("person")
      .innerJoin("space", (join) => join.on("space.id", "=", space))
      .select(["person.id", "person.name", "space.name as space_name"])
      .where("person.id", "=", id)
      .executeTakeFirst();
    if (!row) return undefined;
    const person = { id: row.id, name: row.name };
    return { space, actor: row.name, person, spaceName: row.space_name, roles: ownerRoles };
  }

  async function ensureOwner(ownerToken: string | undefined): Promise<Decider> {
    const known = await db.selectFrom("space").select("id").orderBy("created_at").executeTakeFirst();
    const owner = await db.selectFrom("person").select(["id", "name"]).orderBy("created_at").executeTakeFirst();
    const context = known && owner ? ownerOf(known.id, owner) : await makeOwner();
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

  async function makeOwner(): Promise<Decider> {
    const context = ownerOf(`space_${newId()}`, { id: `person_${newId()}`, name: "Owner" });
    await db.transaction().execute(async (tx) => {
      await tx.insertInto("space").values({ id: context.space, name: "Home", created_at: now() }).execute();
      await tx
        .insertInto("person")
        .values({ ...context.person, created_at: now() })
        .execute();
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

function ownerOf(space: string, person: Decider["person"]): Decider {
  return { space, actor: person.id, person, roles: ownerRoles };
}

function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
