import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { expect, test } from "vitest";
import type { Model } from "../models/model.ts";
import { ask, drawn, end, event, forEach, inside, loop, subflow, task } from "../patterns/notation.ts";
import type { RunStore } from "../store/store.ts";
import { createMemoryStore } from "../testing/memory-store.ts";
import { type Trial, tryRuns } from "../testing/try-runs.ts";

const space = { space: "test", actor: "tester" };

/** Of everything that waits, fails and comes round again. */
const graph = drawn(
  {
    write: task({ prompt: "draft {{ iteration }}" }),
    judge: ask(),
    twice: loop("iteration == 2", 2),
    sub: inside("twice", subflow({ workflow: "child", input: { n: "{{ iteration }}" } })),
    each: inside("twice", forEach("[1, 2]")),
    say: inside("each", task({ prompt: "{{ item }} of {{ sub }}" })),
    heard: event(),
    done: end("{{ {'draft': write.text, 'last': twice[1].text, 'heard': heard.signal} }}"),
  },
  ["start -> write -> judge:rejected -> write", "judge:approved -> twice -> heard -> done", "sub -> each"],
);
const child = drawn({ hold: ask(), done: end("{{ input.n * 10 }}") }, ["start -> hold:approved -> done"]);

const parrot: Model = {
  stream: async function* ({ messages: [message] }) {
    const text = message?.role === "user" ? message.text : "";
    const usage = { inputTokens: 1, outputTokens: 1 };
    yield { type: "end", response: { text, toolCalls: [], stop: "end", model: "played", usage } };
  },
};

/** A store that stops answering for good after so many commits, as for a process that was killed. */
function deadAfter(store: RunStore, commits: number): { store: RunStore; dead: Promise<void> } {
  const death = Promise.withResolvers<void>();
  let left = commits;
  const unlessDead = async <Answer>(answer: () => Promise<Answer>, costs = 0): Promise<Answer> => {
    left -= costs;
    if (left >= 0) return await answer();
    death.resolve();
    return await new Promise<never>(() => {});
  };
  return {
    dead: death.promise,
    store: {
      ...store,
      append: (batch) => unlessDead(() => store.append(batch), 1),
      createRun: (context, run) => unlessDead(() => store.createRun(context, run)),
      addToInbox: (run, entry) => unlessDead(() => store.addToInbox(run, entry)),
    },
  };
}

/** Answers whatever is asked, in the run and those it makes: the first draft is rejected, all else approved. */
async function follow(trial: Trial, run: string): Promise<RunEvent[]> {
  return await trial.until(run, (one) => {
    if (one.type === "subflow.waiting") void follow(trial, one.child);
    if (one.type === "approval.requested") {
      const isFirst = one.activation === "judge@write#1";
      const [decision, decided] = isFirst ? (["reject", "rejected"] as const) : (["approve", "approved"] as const);
      void trial.runs.deliver(run, { kind: "vote", approval: one.approval, decision, decided, by: "ada" });
    }
    return endsRun(one);
  });
}

const expected = { draft: "draft 2", last: "2 of 20", heard: "now" };

test("a run is killed after any of its commits, and ends as if it had not been", async () => {
  for (let commits = 0; ; commits += 1) {
    const store = createMemoryStore();
    const mortal = deadAfter(store, commits);
    const first = tryRuns({ store: mortal.store, model: parrot, workflows: { child } });
    await first.signals.send(space, { name: "go", correlation: "", payload: "now" });
    const run = await first.start(graph);
    const survived = await Promise.race([follow(first, run), mortal.dead.then(() => undefined)]);

    const second = tryRuns({ store, model: parrot, workflows: { child } });
    await second.signals.send(space, { name: "go", correlation: "", payload: "now" });
    await second.runs.resumeAll();
    const events = await follow(second, run);

    expect([commits, events.at(-1)]).toEqual([
      commits,
      expect.objectContaining({ type: "run.completed", output: expected }),
    ]);
    const answered = events.filter(({ type }) => type === "model.responded");
    expect([commits, answered.length]).toEqual([commits, 6]);
    if (survived) break;
  }
}, 120_000);
