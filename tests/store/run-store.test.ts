import {
  type Append,
  createRunStore,
  newId,
  type OpenDatabase,
  type RunStore,
  type StoredEvent,
  smallGraph,
  systemClock,
} from "@signalbox/engine/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

const graph = smallGraph({ nodes: [{ id: "start", type: "start" }], edges: [] });
const at = "2026-01-01T00:00:00.000Z";
const event = (seq: number, body: object = {}): StoredEvent => ({
  seq,
  body: JSON.stringify({ type: "run.resumed", ...body, run: "run_a", seq, at }),
});

describe.each(Object.entries(databases))("the run store on %s", (_name, open) => {
  let database: OpenDatabase;
  let store: RunStore;
  const context = { space: "space_a", actor: "person_a" };

  beforeAll(async () => {
    database = await open();
    store = createRunStore(database.db, { clock: systemClock, newId });
    await database.db.insertInto("space").values({ id: "space_a", name: "A", created_at: at }).execute();
  });
  afterAll(() => database.close());

  async function created(idempotencyKey?: string, input: number | null = null): Promise<string> {
    const { run } = await store.createRun(context, {
      id: `run_${newId()}`,
      workflow: null,
      version: "draft",
      graph,
      input,
      createdAt: at,
      events: [event(1)],
      blobs: [],
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    return run.id;
  }

  function step(run: string, epoch: number, events: readonly StoredEvent[], more: Partial<Append> = {}): Append {
    return {
      run,
      space: "space_a",
      epoch,
      events,
      blobs: [],
      approvals: [],
      inboxTaken: [],
      calls: [],
      questions: [],
      projection: {
        status: "running",
        lastSeq: events.at(-1)?.seq ?? 0,
        output: null,
        error: null,
        inputTokens: 0,
        outputTokens: 0,
        costUsd: null,
        startedAt: at,
        endedAt: null,
        nextDue: null,
      },
      ...more,
    };
  }

  test("keeps events in order and gives back those after a place", async () => {
    const run = await created();
    const { epoch } = await store.claimRun(run);
    expect(await store.append([step(run, epoch, [event(2), event(3)])])).toEqual(["stored"]);
    expect((await store.readEvents(run, 1, 10)).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  test("gives back a long step from any place on, each event as it was given", async () => {
    const run = await created();
    const { epoch } = await store.claimRun(run);
    const long = Array.from({ length: 450 }, (_, index) => event(index + 2, { n: index, text: "a\nb" }));
    await store.append([step(run, epoch, long)]);
    await store.append([step(run, epoch, [event(452)])]);
    const all = [event(1), ...long, event(452)];

    for (const [after, limit] of [
      [0, 1000],
      [1, 100],
      [99, 3],
      [100, 101],
      [137, 250],
      [451, 5],
      [452, 5],
    ] as const) {
      expect(await store.readEvents(run, after, limit)).toEqual(all.slice(after, after + limit));
    }
  });

  test("keeps a graph that many runs have once, and gives it to each", async () => {
    const [one, other] = [await created(), await created()];

    expect(await store.graphOfRun(one)).toEqual(graph);
    expect(await store.graphOfRun(other)).toEqual(graph);
    const rows = await database.db.selectFrom("run").select("graph").distinct().execute();
    expect(rows).toEqual([{ graph: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }]);
  });

  test("lands the steps of many runs together", async () => {
    const runs = await Promise.all(Array.from({ length: 20 }, () => created()));
    const steps = await Promise.all(runs.map(async (run) => step(run, (await store.claimRun(run)).epoch, [event(2)])));
    expect(new Set(await store.append(steps))).toEqual(new Set(["stored"]));
  });

  test("refuses an owner that was followed by another, and only that one", async () => {
    const [old, other] = [await created(), await created()];
    const { epoch } = await store.claimRun(old);
    await store.claimRun(old);
    const fresh = await store.claimRun(other);
    const outcomes = await store.append([step(old, epoch, [event(2)]), step(other, fresh.epoch, [event(2)])]);
    expect(outcomes).toEqual(["fenced", "stored"]);
    expect(await store.readEvents(old, 1, 10)).toEqual([]);
  });

  test("refuses a gap and a second writer at the same place", async () => {
    const run = await created();
    const { epoch } = await store.claimRun(run);
    expect(await store.append([step(run, epoch, [event(5)])])).toEqual(["fenced"]);
    const both = await Promise.all([
      store.append([step(run, epoch, [event(2, { by: 1 })])]),
      store.append([step(run, epoch, [event(2, { by: 2 })])]),
    ]);
    expect(both.flat().sort()).toEqual(["fenced", "stored"]);
    expect(await store.readEvents(run, 1, 10)).toHaveLength(1);
  });

  test("starts one run for one idempotency key, and refuses another input under it", async () => {
    const key = newId();
    const first = await created(key, 1);
    expect(await created(key, 1)).toBe(first);
    await expect(created(key, 2)).rejects.toMatchObject({ code: "idempotency_conflict" });
  });

  test("keeps text of every kind as it was: NUL, lone surrogates, emoji, quotes and backslashes", async () => {
    const run = await created();
    const { epoch } = await store.claimRun(run);
    const body = { text: '\u0000 \ud800 🧑‍🚀 " \\ {}, \n NULL' };
    await store.append([step(run, epoch, [event(2, body)])]);
    const [kept] = await store.readEvents(run, 1, 1);
    expect(JSON.parse(kept?.body ?? "")).toMatchObject(body);
  });

  test("keeps a large value once, however often it is given", async () => {
    const run = await created();
    const { epoch } = await store.claimRun(run);
    const blob = { hash: `sha256:${"a".repeat(64)}`, text: JSON.stringify("x".repeat(100_000)) };
    await store.append([step(run, epoch, [event(2)], { blobs: [blob, blob] })]);
    await store.append([step(run, epoch, [event(3)], { blobs: [blob] })]);
    expect((await store.readBlobs("space_a", [blob.hash])).get(blob.hash)).toBe(blob.text);
    expect(await store.readBlobs("space_b", [blob.hash])).toEqual(new Map());
  });

  test("gives a request from the inbox until the step that took it in has landed", async () => {
    const run = await created();
    const { epoch } = await store.claimRun(run);
    const id = await store.addToInbox(run, { kind: "cancel", by: "ada" });
    expect(await store.readInbox(run)).toEqual([{ id, entry: { kind: "cancel", by: "ada" } }]);
    await store.append([step(run, epoch, [event(2)], { inboxTaken: [id] })]);
    expect(await store.readInbox(run)).toEqual([]);
  });
});
