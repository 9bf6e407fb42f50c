import { expect, test } from "vitest";
import type { Append, StoredEvent } from "../store/store.ts";
import { createCommitter } from "./committer.ts";

const at = "2026-01-01T00:00:00.000Z";
const event = (seq: number): StoredEvent => ({ seq, body: `{"seq":${seq}}` });

function step(run: string, seq: number, epoch = 1): Append {
  return {
    run,
    space: "test",
    epoch,
    events: [event(seq)],
    blobs: [],
    approvals: [],
    inboxTaken: [],
    calls: [],
    questions: [],
    projection: {
      status: "running",
      lastSeq: seq,
      output: null,
      error: null,
      inputTokens: 0,
      outputTokens: 0,
      costUsd: null,
      startedAt: at,
      endedAt: null,
      nextDue: null,
    },
  };
}

/** A store whose answers the test plays; it keeps what has landed. */
function playedStore(answers: (batch: readonly Append[]) => "land" | "lose the answer" | "away" | "refuse") {
  const landed: Append[] = [];
  const asked: (readonly Append[])[] = [];
  let stopping = false;
  const pauses: number[] = [];
  const committer = createCommitter({
    store: {
      append: async (batch) => {
        asked.push(batch);
        const answer = answers(batch);
        if (answer === "land" || answer === "lose the answer") landed.push(...batch);
        if (answer !== "land") throw new Error(answer);
        return batch.map(() => "stored" as const);
      },
      readEvents: async (run, after) =>
        landed.filter((append) => append.run === run).flatMap(({ events }) => events.filter(({ seq }) => seq > after)),
      isRefusal: (error) => error instanceof Error && error.message === "refuse",
    },
    pause: async (ms) => {
      pauses.push(ms);
    },
    isStopping: () => stopping,
  });
  return {
    committer,
    landed,
    asked,
    pauses,
    stop: () => {
      stopping = true;
    },
  };
}

test("steps of one run that go out together lose nothing: what other runs are to hear of the earlier is told too", async () => {
  const { committer, landed } = playedStore(() => "land");
  const tells = { run: "parent", entry: { kind: "cancel", by: "ada" } } as const;
  const first = { ...step("run_1", 1), calls: [tells], inboxTaken: ["inb_1"], blobs: [{ hash: "h", text: "t" }] };
  const second = { ...step("run_1", 2), inboxTaken: ["inb_2"] };
  await Promise.all([committer.commit(first), committer.commit(second)]);
  expect(landed).toEqual([
    {
      ...second,
      events: [event(1), event(2)],
      calls: [tells],
      inboxTaken: ["inb_1", "inb_2"],
      blobs: [{ hash: "h", text: "t" }],
    },
  ]);
});

test("steps that come while one is on its way go out together, and those of one run as one", async () => {
  const { committer, asked } = playedStore(() => "land");
  const given = [step("a", 2), step("b", 2), step("a", 3), step("c", 2)];
  expect(await Promise.all(given.map(committer.commit))).toEqual(["stored", "stored", "stored", "stored"]);
  expect(asked.map((batch) => batch.map(({ run, events }) => [run, events.length]))).toEqual([
    [
      ["a", 2],
      ["b", 1],
      ["c", 1],
    ],
  ]);
});

test("a database that is away is waited for as long as it takes, and nothing is lost or twice", async () => {
  let left = 12;
  const { committer, landed, pauses } = playedStore(() => {
    left -= 1;
    return left > 0 ? "away" : "land";
  });
  expect(await committer.commit(step("a", 2))).toBe("stored");
  expect(landed).toHaveLength(1);
  expect(pauses).toHaveLength(11);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(5000);
});

test("a step whose answer was lost is not written again", async () => {
  let first = true;
  const { committer, landed, asked } = playedStore(() => {
    const answer = first ? "lose the answer" : "land";
    first = false;
    return answer;
  });
  expect(await committer.commit(step("a", 2))).toBe("stored");
  expect(landed).toHaveLength(1);
  expect(asked).toHaveLength(1);
});

test("what the database will never take harms its own run alone", async () => {
  const { committer, landed } = playedStore((batch) => (batch.some(({ run }) => run === "bad") ? "refuse" : "land"));
  const [good, bad, other] = await Promise.allSettled(
    [step("a", 2), step("bad", 2), step("c", 2)].map(committer.commit),
  );
  expect([good, other]).toEqual([
    { status: "fulfilled", value: "stored" },
    { status: "fulfilled", value: "stored" },
  ]);
  expect(bad).toMatchObject({ status: "rejected" });
  expect(landed.map(({ run }) => run)).toEqual(["a", "c"]);
});

test("an owner that was followed by another is fenced off, even when both write at once", async () => {
  const { committer, landed } = playedStore(() => "land");
  expect(await Promise.all([committer.commit(step("a", 2, 1)), committer.commit(step("a", 2, 2))])).toEqual([
    "fenced",
    "stored",
  ]);
  expect(landed.map(({ epoch }) => epoch)).toEqual([2]);
});

test("an engine that stops does not wait for a database that is away", async () => {
  const { committer, stop } = playedStore(() => "away");
  stop();
  await expect(committer.commit(step("a", 2))).rejects.toThrow("away");
  await committer.idle();
});
