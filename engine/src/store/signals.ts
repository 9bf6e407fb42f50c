import type { Json } from "@signalbox/shared/json";
import { type Kysely, type Selectable, sql } from "kysely";
import type { Clock } from "../clock.ts";
import type { Database, Tables } from "./database/tables.ts";
import { addToInbox } from "./run-store.ts";
import type { SpaceContext } from "./store.ts";

/** A node that waits for a signal. */
export interface SignalWait {
  run: string;
  activation: string;
  space: string;
  name: string;
  correlation: string;
  transient: boolean;
}

export interface SignalStore {
  /** Makes a wait known; where a kept signal fits it is given at once: true, and the run's inbox holds it. */
  listen: (wait: SignalWait) => Promise<boolean>;
  /** The wait is over. */
  forget: (wait: { run: string; activation: string }) => Promise<void>;
  /** Gives a signal to the first that waits for it, or keeps it; answers which run's inbox holds it. */
  send: (
    context: SpaceContext,
    signal: { name: string; correlation: string; payload: Json },
  ) => Promise<{ id: string; run: string | null }>;
  /**
   * What this entry of an inbox gave has come too late there: it is for the next that waits. Answers who that is. Takes
   * the entry out with it, so that no crash makes two signals of one.
   */
  giveBack: (entry: { id: string; signal: string }) => Promise<string | null>;
}

type Signal = Selectable<Tables["signal"]>;
type Topic = Pick<Signal, "space" | "name" | "correlation">;

const keptMs = 24 * 3_600_000;

/** Signals on either database. Who waits and what came are matched under a lock on their topic: neither can miss the other. */
export function createSignalStore(db: Database, { clock, newId }: { clock: Clock; newId: () => string }): SignalStore {
  const now = () => new Date(clock.now()).toISOString();

  /** Puts a signal into the inbox of the run whose node waits for it. */
  async function give(tx: Database, signal: Signal, wait: { run: string; activation: string }): Promise<void> {
    const { id, name, payload } = signal;
    await tx
      .updateTable("signal_wait")
      .set({ signal: id })
      .where("run", "=", wait.run)
      .where("activation", "=", wait.activation)
      .execute();
    await tx.updateTable("signal").set({ given_to: wait.run }).where("id", "=", id).execute();
    const entry = {
      kind: "signal" as const,
      signal: id,
      activation: wait.activation,
      name,
      payload: JSON.parse(payload) as Json,
    };
    await addToInbox(tx, { id: newId(), run: wait.run, entry, at: now() });
  }

  /** Gives a signal to the first of those who wait; null where nobody does. */
  async function place(tx: Database, signal: Signal): Promise<string | null> {
    const wait = await tx
      .selectFrom("signal_wait")
      .innerJoin("run", "run.id", "signal_wait.run")
      .select(["signal_wait.run as run", "signal_wait.activation as activation"])
      .where("signal_wait.space", "=", signal.space)
      .where("signal_wait.name", "=", signal.name)
      .where("signal_wait.correlation", "=", signal.correlation)
      .where("signal_wait.signal", "is", null)
      .where("run.ended_at", "is", null)
      .orderBy("signal_wait.since")
      .orderBy("signal_wait.run")
      .orderBy("signal_wait.activation")
      .limit(1)
      .executeTakeFirst();
    if (!wait) return null;
    await give(tx, signal, wait);
    return wait.run;
  }

  async function listen({ run, activation, space, name, correlation, transient }: SignalWait): Promise<boolean> {
    const topic = { space, name, correlation };
    return await db.transaction().execute(async (tx) => {
      await lock(tx, topic);
      await tx
        .insertInto("signal_wait")
        .values({ run, activation, ...topic, since: now(), signal: null })
        .onConflict((conflict) => conflict.columns(["run", "activation"]).doNothing())
        .execute();
      if (transient) return false;
      const own = await tx
        .selectFrom("signal_wait")
        .select("signal")
        .where("run", "=", run)
        .where("activation", "=", activation)
        .executeTakeFirst();
      const kept = own?.signal === null ? await oldestKept(tx, topic, now()) : undefined;
      if (kept) await give(tx, kept, { run, activation });
      return kept !== undefined;
    });
  }

  return {
    listen,
    forget: async ({ run, activation }) => {
      await db.deleteFrom("signal_wait").where("run", "=", run).where("activation", "=", activation).execute();
    },
    send: async ({ space }, { name, correlation, payload }) => {
      const at = now();
      const signal: Signal = {
        id: `sig_${newId()}`,
        space,
        name,
        correlation,
        payload: JSON.stringify(payload),
        sent_at: at,
        expires_at: new Date(clock.now() + keptMs).toISOString(),
        given_to: null,
      };
      return await db.transaction().execute(async (tx) => {
        await lock(tx, signal);
        await tx.deleteFrom("signal").where("expires_at", "<=", at).execute();
        await tx.insertInto("signal").values(signal).execute();
        return { id: signal.id, run: await place(tx, signal) };
      });
    },
    giveBack: async (entry) =>
      await db.transaction().execute(async (tx) => {
        const known = await tx.selectFrom("signal").selectAll().where("id", "=", entry.signal).executeTakeFirst();
        if (known) await lock(tx, known);
        const { numDeletedRows } = await tx.deleteFrom("inbox").where("id", "=", entry.id).executeTakeFirstOrThrow();
        if (!known || numDeletedRows === 0n) return null;
        const back = { ...known, given_to: null };
        await tx.updateTable("signal").set({ given_to: null }).where("id", "=", known.id).execute();
        return await place(tx, back);
      }),
  };
}

async function oldestKept(tx: Database, { space, name, correlation }: Topic, at: string): Promise<Signal | undefined> {
  return await tx
    .selectFrom("signal")
    .selectAll()
    .where("space", "=", space)
    .where("name", "=", name)
    .where("correlation", "=", correlation)
    .where("given_to", "is", null)
    .where("expires_at", ">", at)
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
}

/** Until the end of the transaction. */
async function lock(tx: Kysely<Tables>, { space, name, correlation }: Topic): Promise<void> {
  const topic = JSON.stringify([space, name, correlation]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${topic}, 0))`.execute(tx);
}
