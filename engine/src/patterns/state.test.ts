import { endsRun } from "@signalbox/shared/events";
import { validateGraph } from "@signalbox/shared/validation";
import { expect, test } from "vitest";
import { atOnce, either, inTurn } from "../testing/orders.ts";
import { tryRuns } from "../testing/try-runs.ts";
import {
  ask,
  drawn,
  end,
  event,
  expectPattern,
  forEach,
  inside,
  lanes,
  mayFail,
  type Pattern,
  subflow,
  task,
  time,
} from "./notation.ts";

const space = { space: "test", actor: "tester" };

test.each<[string, Pattern]>([
  [
    "16 deferred choice: an event or the time, whichever is first, and never both",
    {
      nodes: { hold: event({ timeout: "1h" }), a: task(), b: task() },
      edges: ["start -> hold -> a", "hold:expired -> b"],
      orders: inTurn("hold", either("a", "b")),
      outcomes: ["completed null"],
    },
  ],
  [
    "16 deferred choice between events: the first takes the choice away from the others",
    {
      nodes: {
        race: lanes({ join: "any" }),
        paid: inside("race", event()),
        asked: inside("race", ask()),
        late: inside("race", time("1h")),
        done: end("{{ race }}"),
      },
      edges: ["start -> race -> done"],
      orders: either(
        "paid@race/paid ~asked@race/asked ~late@race/late done",
        "asked@race/asked ~late@race/late ~paid@race/paid done",
        "late@race/late ~asked@race/asked ~paid@race/paid done",
      ),
      outcomes: [
        'completed {"asked":null,"late":null,"paid":{"signal":"paid@race/paid!"}}',
        'completed {"asked":null,"late":{},"paid":null}',
        'completed {"asked":{"decision":"approved","by":"ada","comment":null,"values":{}},"late":null,"paid":null}',
      ],
    },
  ],
  [
    "18 milestone: it may be done while the state holds, neither before nor after",
    {
      nodes: {
        a: task(),
        open: lanes({ join: "any" }),
        b: inside("open", ask()),
        until: inside("open", event()),
        c: task(),
      },
      edges: ["start -> a -> open", "start -> c"],
      orders: atOnce("c", inTurn("a", either("b@open/b+~until@open/until", "until@open/until+~b@open/b"))),
      outcomes: ["completed null"],
    },
  ],
  [
    "an approval for each item: each is answered alone, in any order",
    {
      nodes: { each: forEach("input"), judge: inside("each", ask()), b: inside("each", task()) },
      edges: ["start -> each", "judge:approved -> b"],
      input: [1, 2],
      orders: atOnce("judge@each#0 b@each#0", "judge@each#1 b@each#1"),
      outcomes: ["completed null"],
    },
  ],
  [
    "two approvals at once, each with what follows from it",
    {
      nodes: { one: ask(), two: ask(), both: task() },
      edges: ["start -> one:approved -> both", "start -> two:approved -> both"],
      orders: inTurn(atOnce("one", "two"), "both"),
      outcomes: ["completed null"],
    },
  ],
  [
    "a subflow is one node: it ends when its run has ended, well or not",
    {
      nodes: { sub: subflow(), a: task(), sorry: end("{{ sub.code }}"), done: end("{{ sub }}") },
      edges: ["start -> sub -> done", "sub:error -> sorry", "start -> a"],
      also: (input) =>
        input.kind === "child" && input.becomes === "completed" ? [{ ...input, becomes: "failed" }] : [],
      orders: atOnce("a", either("sub+done", "!sub+sorry")),
      outcomes: ['completed "model_failed"', 'completed "sub!"'],
    },
  ],
  [
    "retry: a failed attempt is made again when the time has come, and the last one counts",
    {
      nodes: { a: task({ retry: { attempts: 2 } }), b: task(), c: task() },
      edges: ["start -> a -> b", "a:error -> c"],
      also: mayFail("a"),
      orders: either("a b", "!a c"),
      outcomes: ["completed null"],
    },
  ],
])("%s", (_name, pattern) => expectPattern(pattern));

const hearing = (data: object = {}) =>
  drawn({ hold: event({ timeout: "1h", ...data }), came: end("{{ hold.signal }}") }, ["start -> hold -> came"]);

test("23 transient trigger: what comes while nobody waits is lost to a wait that says so", async () => {
  const trial = tryRuns();
  await trial.signals.send(space, { name: "go", correlation: "", payload: "early" });
  const run = await trial.start(hearing({ transient: true }));
  await trial.until(run, ({ type }) => type === "run.waiting");
  await trial.signals.send(space, { name: "go", correlation: "", payload: "in time" });
  trial.runs.wake(run);
  expect((await trial.until(run, endsRun)).at(-1)).toMatchObject({ type: "run.completed", output: "in time" });
});

test("24 persistent trigger: what comes while nobody waits is kept, and given to the first that does, once", async () => {
  const trial = tryRuns();
  await trial.signals.send(space, { name: "go", correlation: "", payload: "early" });
  const first = await trial.start(hearing());
  expect((await trial.until(first, endsRun)).at(-1)).toMatchObject({ output: "early" });
  const second = await trial.start(hearing());
  expect((await trial.until(second, ({ type }) => type === "run.waiting")).some(endsRun)).toBe(false);
});

test("22 recursion: a workflow calls itself by a subflow, and each call is a run of its own", async () => {
  const { pick, base, sub, more } = {
    pick: { type: "branch", data: { cases: [{ id: "base", when: "input.n <= 1" }] } },
    base: end("{{ 1 }}"),
    sub: subflow({ workflow: "factorial", input: { n: "{{ input.n - 1 }}" } }),
    more: end("{{ input.n * sub }}"),
  };
  const factorial = drawn({ pick, base, sub, more }, ["start -> pick:base -> base", "pick:else -> sub -> more"]);
  expect(validateGraph(factorial)).toEqual([]);
  const trial = tryRuns({ workflows: { factorial } });
  const run = await trial.start(factorial, { n: 6 });
  expect((await trial.until(run, endsRun)).at(-1)).toMatchObject({ type: "run.completed", output: 720 });
});

test("22 recursion without end is stopped where it is more than 16 deep, and each run above fails with it", async () => {
  const workflows: { [key: string]: ReturnType<typeof drawn> } = {};
  const again = drawn({ sub: subflow({ workflow: "again" }) }, ["start -> sub"]);
  workflows.again = again;
  const trial = tryRuns({ workflows });
  const last = (await trial.until(await trial.start(again), endsRun)).at(-1);
  expect(last).toMatchObject({ type: "run.failed", error: { code: "subflow_failed" } });
  expect(last?.type === "run.failed" && last.error.message).toContain("more than 16 deep");
});
