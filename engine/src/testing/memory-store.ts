import { SignalboxError } from "../errors.ts";
import type { Append, InboxEntry, NewRun, RunRow, RunStore, StoredEvent, StoredInboxEntry } from "../store/store.ts";
import { firstEpoch } from "../store/store.ts";

interface Kept {
  row: RunRow;
  run: NewRun;
  events: StoredEvent[];
  inbox: StoredInboxEntry[];
}

/** A run store in memory with the promises of the real ones, for tests that run thousands of steps. */
export function createMemoryStore(): RunStore & { kept: ReadonlyMap<string, Kept> } {
  const kept = new Map<string, Kept>();
  const blobs = new Map<string, string>();
  let inboxIds = 0;

  const find = (id: string): Kept => {
    const found = kept.get(id);
    if (!found) throw new SignalboxError("not_found", `There is no run ${id}.`);
    return found;
  };

  function append(one: Append): "stored" | "fenced" {
    const { row, events, inbox } = find(one.run);
    const [first] = one.events;
    if (row.epoch !== one.epoch) return "fenced";
    if (first && first.seq !== events.length + 1) return "fenced";
    events.push(...one.events);
    for (const { hash, text } of one.blobs) blobs.set(hash, text);
    const { inputTokens, outputTokens, costUsd, nextDue: _due, ...projection } = one.projection;
    Object.assign(row, projection, { usage: { inputTokens, outputTokens, costUsd, ms: 0 } });
    for (const { run, entry } of one.calls) addToInbox(run, entry);
    for (const id of one.inboxTaken) {
      const place = inbox.findIndex((entry) => entry.id === id);
      if (place >= 0) inbox.splice(place, 1);
    }
    return "stored";
  }

  function addToInbox(id: string, entry: InboxEntry): string {
    inboxIds += 1;
    const stored = { id: `inb_${inboxIds}`, entry };
    // a call to a run that is not there is one to a child that has not been made yet
    kept.get(id)?.inbox.push(stored);
    return stored.id;
  }

  return {
    kept,
    createRun: async (context, run) => {
      const known = kept.get(run.id);
      if (known) return { run: known.row, created: false };
      const row: RunRow = {
        id: run.id,
        space: context.space,
        workflow: run.workflow,
        version: run.version,
        status: "queued",
        input: run.input,
        output: null,
        error: null,
        usage: { inputTokens: 0, outputTokens: 0, costUsd: 0, ms: 0 },
        lastSeq: run.events.length,
        createdAt: run.createdAt,
        startedAt: null,
        endedAt: null,
        epoch: firstEpoch,
        parent: run.parent ?? null,
        root: run.root ?? null,
      };
      kept.set(run.id, { row, run, events: [...run.events], inbox: [] });
      for (const { hash, text } of run.blobs) blobs.set(hash, text);
      return { run: row, created: true };
    },
    runOfKey: async () => undefined,
    isRefusal: () => false,
    claimRun: async (id) => {
      const { row, events } = find(id);
      row.epoch += 1;
      return { epoch: row.epoch, space: row.space, lastSeq: events.length };
    },
    append: async (batch) => batch.map(append),
    graphOfRun: async (id) => find(id).run.graph,
    readEvents: async (id, after, limit) => find(id).events.slice(after, after + limit),
    readBlobs: async (_space, hashes) =>
      new Map(hashes.flatMap((hash) => (blobs.has(hash) ? [[hash, blobs.get(hash) ?? ""] as const] : []))),
    addToInbox: async (id, entry) => addToInbox(find(id).row.id, entry),
    readInbox: async (id) => [...find(id).inbox],
    unfinishedRuns: async () =>
      [...kept.values()]
        .filter(({ row }) => row.endedAt === null)
        .map(({ row, inbox }) => ({ run: row.id, status: row.status, nextDue: null, isCalled: inbox.length > 0 })),
  };
}
