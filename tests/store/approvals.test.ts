import {
  type Append,
  createApprovalStore,
  createRunStore,
  newId,
  type OpenDatabase,
  smallGraph,
  systemClock,
} from "@signalbox/engine/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases } from "../support/databases.ts";

const graph = smallGraph({ nodes: [{ id: "start", type: "start" }], edges: [] });
const at = "2026-01-01T00:00:00.000Z";
const space = "space_a";
const person = (name: string, roles: readonly string[] = []) => {
  return { space, actor: name, person: { id: `person_${name}`, name }, roles };
};
const ada = person("Ada", ["approver"]);
const bob = person("Bob");
const eve = person("Eve", ["approver"]);

describe.each(Object.entries(databases))("approvals on %s", (_name, open) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
    await database.db.insertInto("space").values({ id: space, name: "A", created_at: at }).execute();
  });
  afterAll(() => database.close());

  type Asked = Append["approvals"][number];
  const plain: Omit<Asked, "id"> = {
    node: "ask",
    activation: "ask",
    status: "pending",
    title: "?",
    show: null,
    form: null,
    body: null,
    dueAt: null,
    requestedAt: at,
    quorum: 1,
    assignees: [],
    notBy: null,
    remindedAt: null,
    escalatedAt: null,
  };

  /** A run that asks, and how it goes on. */
  async function asking(who: Partial<Asked>) {
    const store = createRunStore(database.db, { clock: systemClock, newId });
    const run = `run_${newId()}`;
    const event = (seq: number) => ({ seq, body: JSON.stringify({ type: "run.resumed", run, seq, at }) });
    const first = { id: run, workflow: null, version: null, graph, input: null, createdAt: at, blobs: [] };
    await store.createRun({ space, actor: "Bob" }, { ...first, events: [event(1)] });
    const { epoch } = await store.claimRun(run);
    const asked: Asked = { ...plain, id: `apr_${newId()}`, ...who };
    let seq = 1;
    const step = async (change: Partial<Asked> = {}) => {
      seq += 1;
      const usage = { inputTokens: 0, outputTokens: 0, costUsd: null };
      const times = { startedAt: at, endedAt: null, nextDue: null };
      const projection = { status: "waiting", lastSeq: seq, output: null, error: null, ...usage, ...times } as const;
      const none = { blobs: [], questions: [], inboxTaken: [], calls: [] };
      const approvals = [{ ...asked, ...change }];
      expect(await store.append([{ run, space, epoch, events: [event(seq)], projection, approvals, ...none }])).toEqual(
        ["stored"],
      );
    };
    await step();
    return { id: asked.id, step, inbox: () => store.readInbox(run) };
  }

  const store = () => createApprovalStore(database.db, { clock: systemClock, newId });
  const approve = { decision: "approve" } as const;
  const refused = { code: "forbidden" };

  test("who started the run does not decide it, another does", async () => {
    const { id, inbox } = await asking({ notBy: "Bob" });
    await expect(store().vote(bob, id, approve)).rejects.toMatchObject(refused);
    expect(await inbox()).toEqual([]);
    expect(await store().vote(ada, id, approve)).toMatchObject({ status: "approved", decidedBy: "Ada", notBy: "Bob" });
    expect(await inbox()).toHaveLength(1);
  });

  test("an id names a person as well as a name does", async () => {
    const { id } = await asking({ notBy: "person_Bob", assignees: [{ user: "person_Ada" }, { user: "Bob" }] });
    await expect(store().vote(bob, id, approve)).rejects.toMatchObject(refused);
    await expect(store().vote(eve, id, approve)).rejects.toMatchObject(refused);
    expect(await store().vote(ada, id, approve)).toMatchObject({ status: "approved" });
  });

  test("what the clock brings changes who is asked, and undoes no decision", async () => {
    const { id, step } = await asking({ assignees: [{ user: "Ada" }] });
    const later = { assignees: [{ user: "Eve" }], dueAt: at, remindedAt: at, escalatedAt: at };
    await step(later);
    expect(await store().get(ada, id)).toMatchObject({ status: "pending", ...later });
    await expect(store().vote(ada, id, approve)).rejects.toMatchObject(refused);
    await store().vote(eve, id, approve);
    await step(later);
    expect(await store().get(ada, id)).toMatchObject({ status: "approved", decidedBy: "Eve" });
  });

  test("a quorum is of those who are asked", async () => {
    const { id, inbox } = await asking({ quorum: 2, assignees: [{ role: "approver" }] });
    expect(await store().vote(ada, id, approve)).toMatchObject({ status: "pending" });
    await expect(store().vote(bob, id, approve)).rejects.toMatchObject(refused);
    await expect(store().vote(ada, id, approve)).rejects.toMatchObject({ code: "already_decided" });
    expect(await store().vote(eve, id, approve)).toMatchObject({ status: "approved", decidedBy: "Eve" });
    expect((await inbox()).map(({ entry }) => entry)).toMatchObject([
      { by: "Ada" },
      { by: "Eve", decided: "approved" },
    ]);
  });
});
