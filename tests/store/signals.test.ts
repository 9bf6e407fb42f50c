import {
  createRunStore,
  createSignalStore,
  newId,
  type OpenDatabase,
  type RunStore,
  smallGraph,
  systemClock,
} from "@signalbox/engine/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

const graph = smallGraph({ nodes: [{ id: "start", type: "start" }], edges: [] });
const at = "2026-01-01T00:00:00.000Z";
const context = { space: "space_a", actor: "person_a" };

describe.each(Object.entries(databases))("signals on %s", (_name, open) => {
  let database: OpenDatabase;
  let store: RunStore;

  beforeAll(async () => {
    database = await open();
    store = createRunStore(database.db, { clock: systemClock, newId });
    await database.db.insertInto("space").values({ id: "space_a", name: "A", created_at: at }).execute();
  });
  afterAll(() => database.close());

  async function waiting(name: string): Promise<string> {
    const id = `run_${newId()}`;
    const events = [{ seq: 1, body: JSON.stringify({ type: "run.resumed", run: id, seq: 1, at }) }];
    await store.createRun(context, {
      id,
      workflow: null,
      version: "draft",
      graph,
      input: null,
      createdAt: at,
      events,
      blobs: [],
    });
    const wait = { run: id, activation: "hold", space: "space_a", name, correlation: "7", transient: false };
    await createSignalStore(database.db, { clock: systemClock, newId }).listen(wait);
    return id;
  }

  test("what is given back goes to the next, once, however often it is given back", async () => {
    const signals = createSignalStore(database.db, { clock: systemClock, newId });
    const [first, second, third] = [await waiting("paid"), await waiting("paid"), await waiting("paid")];
    const sent = await signals.send(context, { name: "paid", correlation: "7", payload: 1 });
    expect(sent.run).toBe(first);
    const [entry] = await store.readInbox(first);
    const back = { id: entry?.id ?? "", signal: sent.id };

    expect(await signals.giveBack(back)).toBe(second);
    // an engine that was killed right then finds nothing to give back when it starts again
    expect(await store.readInbox(first)).toEqual([]);
    expect(await signals.giveBack(back)).toBeNull();

    expect(await store.readInbox(second)).toMatchObject([{ entry: { kind: "signal", signal: sent.id, payload: 1 } }]);
    expect(await store.readInbox(third)).toEqual([]);
  });

  test("what is given back where nobody waits is kept for who will", async () => {
    const signals = createSignalStore(database.db, { clock: systemClock, newId });
    const first = await waiting("asked");
    const sent = await signals.send(context, { name: "asked", correlation: "7", payload: 2 });
    const [entry] = await store.readInbox(first);
    expect(await signals.giveBack({ id: entry?.id ?? "", signal: sent.id })).toBeNull();
    const later = await waiting("asked");
    expect(await store.readInbox(later)).toMatchObject([{ entry: { signal: sent.id, payload: 2 } }]);
  });
});
