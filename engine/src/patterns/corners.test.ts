import { test } from "vitest";
import { atOnce, either, inTurn } from "../testing/orders.ts";
import {
  anyChoice,
  ask,
  choice,
  end,
  event,
  expectPattern,
  forEach,
  inside,
  lanes,
  loop,
  mayFail,
  mayReject,
  type Pattern,
  set,
  subflow,
  task,
} from "./notation.ts";

/** Loops, joins and frames where they meet. */
test.each<[string, Pattern]>([
  [
    "an edge back to a frame: each pass is the whole frame anew",
    {
      nodes: {
        fan: lanes(),
        a: inside("fan", task()),
        b: inside("fan", task()),
        again: choice({ yes: "iteration < 2" }),
      },
      edges: ["start -> fan -> again:yes -> fan"],
      orders: inTurn(atOnce("a@fan#1/fan/a", "b@fan#1/fan/b"), atOnce("a@fan#2/fan/a", "b@fan#2/fan/b")),
      outcomes: ["completed null"],
    },
  ],
  [
    "an edge back to a loop: a loop of loops",
    {
      nodes: {
        twice: loop("iteration == 2", 2),
        a: inside("twice", task()),
        again: choice({ yes: "iteration < 2" }),
        done: end("{{ twice }}"),
      },
      edges: ["start -> twice -> again:yes -> twice", "again:else -> done"],
      orders: inTurn("a@twice#1/twice#1 a@twice#1/twice#2 a@twice#2/twice#1 a@twice#2/twice#2 done"),
      outcomes: ['completed "a@twice#2/twice#2!"'],
    },
  ],
  [
    "a loop of edges for each item: each item makes its own passes, and its value is the last pass's",
    {
      nodes: {
        each: forEach("input"),
        first: inside("each", set({ n: "{{ item }}" })),
        a: inside("each", task()),
        again: inside("each", choice({ yes: "iteration < item" })),
        last: inside("each", set({ is: "{{ a }}" })),
        done: end("{{ each }}"),
      },
      edges: ["start -> each -> done", "first -> a -> again:yes -> a", "again:else -> last"],
      input: [1, 2],
      orders: inTurn(
        "first@each#0 first@each#1",
        atOnce("a@each#0/a#1+last@each#0", "a@each#1/a#1 a@each#1/a#2+last@each#1"),
        "done",
      ),
      outcomes: ['completed [{"is":"a@each#0/a#1!"},{"is":"a@each#1/a#2!"}]'],
    },
  ],
  [
    "two edges back taken at once make one pass",
    {
      nodes: {
        a: task(),
        both: choice({ one: "iteration < 2", two: "iteration < 2", on: "iteration == 2" }, { mode: "all" }),
        b: set({ n: 1 }),
        c: task(),
      },
      edges: ["start -> a -> both:one -> a", "both:two -> b -> a", "both:on -> c"],
      orders: inTurn("a@a#1 b@a#1 a@a#2 c"),
      outcomes: ["completed null"],
    },
  ],
  [
    "a header that waits for the first of its edges: the second changes nothing, in any pass",
    {
      nodes: {
        a: task(),
        b: task(),
        c: task({ join: "any" }),
        again: choice({ yes: "iteration < 2" }),
        d: task(),
      },
      edges: ["start -> a -> c", "start -> b -> c -> again:yes -> c", "again:else -> d"],
      orders: either(inTurn("a", atOnce("b", "c@c#1 c@c#2 d")), inTurn("b", atOnce("a", "c@c#1 c@c#2 d"))),
      outcomes: ["completed null"],
    },
  ],
  [
    "a header that waits for two edges: two lead in, and two lead back",
    {
      nodes: {
        a: task(),
        b: task(),
        c: task({ join: { count: 2 } }),
        both: anyChoice(["one", "two"], { mode: "all" }),
        d: set({ n: 1 }),
        e: set({ n: 1 }),
      },
      edges: ["start -> a -> c", "start -> b -> c -> both:one -> d -> c*2", "both:two -> e -> c*2"],
      orders: inTurn(
        atOnce("a", "b"),
        "c@c#1",
        either("", "d@c#1", "e@c#1", inTurn("d@c#1 e@c#1 c@c#2", either("", "d@c#2", "e@c#2", "d@c#2 e@c#2"))),
      ),
      outcomes: ["completed null", "failed loop_exhausted"],
    },
  ],
  [
    "out of a loop into a join of the first: it goes on without waiting for the loop, and the loop changes nothing later",
    {
      nodes: {
        a: task(),
        again: choice({ yes: "iteration < 2" }),
        b: task(),
        c: task({ join: "any" }),
      },
      edges: ["start -> a -> again:yes -> a", "again:else -> c", "start -> b -> c"],
      orders: either(
        inTurn("b", atOnce("a@a#1 a@a#2", "c")),
        inTurn("a@a#1 b", atOnce("a@a#2", "c")),
        inTurn("a@a#1 a@a#2", atOnce("b", "c")),
      ),
      outcomes: ["completed null"],
    },
  ],
  [
    "out of a loop by two ways into a join of two: each counts once, however often it was taken",
    {
      nodes: {
        a: task(),
        each: choice({ one: "true", two: "iteration == 2", again: "iteration < 3" }, { mode: "all" }),
        c: task({ join: { count: 2 } }),
      },
      edges: ["start -> a -> each:one -> c", "each:two -> c", "each:again -> a"],
      orders: inTurn("a@a#1 a@a#2 a@a#3 c"),
      outcomes: ["completed null"],
    },
  ],
  [
    "out of the inner loop past the outer one: delivered when both are at rest",
    {
      nodes: {
        a: task(),
        b: task(),
        inner: choice({ back: "iteration < 2", out: "true" }, { mode: "all" }),
        outer: choice({ back: "iteration < 2" }),
        c: task(),
      },
      edges: ["start -> a -> b -> inner:back -> b", "inner:out -> c", "inner:out -> outer:back -> a"],
      orders: inTurn("a@a#1 b@a#1/b#1 b@a#1/b#2 a@a#2 b@a#2/b#1 b@a#2/b#2 c"),
      outcomes: ["completed null"],
    },
  ],
  [
    "back from the inner loop to the header of the outer one: the inner comes to rest first",
    {
      nodes: {
        a: task(),
        b: task(),
        inner: anyChoice(["back", "outer"]),
        c: task(),
      },
      edges: ["start -> a -> b -> inner:back -> b*2", "inner:outer -> a*2", "inner:else -> c"],
      orders: inTurn(
        "a@a#1 b@a#1/b#1",
        either(
          "c",
          "b@a#1/b#2",
          "b@a#1/b#2 c",
          inTurn(either("", "b@a#1/b#2"), "a@a#2 b@a#2/b#1", either("", "c", "b@a#2/b#2", "b@a#2/b#2 c")),
        ),
      ),
      outcomes: ["completed null", "failed loop_exhausted"],
    },
  ],
  [
    "what fails in a loop of edges, however deep, fails what holds them all",
    {
      nodes: {
        a: task(),
        b: task(),
        inner: choice({ back: "iteration < 2" }),
        outer: choice({ back: "iteration < 2" }),
        c: task(),
      },
      edges: ["start -> a -> b -> inner:back -> b", "inner:else -> outer:back -> a", "outer:else -> c"],
      also: mayFail("b@a#1/b#2", "b@a#2/b#1"),
      orders: inTurn(
        "a@a#1 b@a#1/b#1",
        either("!b@a#1/b#2", inTurn("b@a#1/b#2 a@a#2", either("!b@a#2/b#1", "b@a#2/b#1 b@a#2/b#2 c"))),
      ),
      outcomes: ["completed null", "failed model_failed"],
    },
  ],
  [
    "what fails leads back: the loop tries again, and its failure is a value there",
    {
      nodes: { a: task(), b: task(), done: end("{{ a }}") },
      edges: ["start -> a -> b -> done", "a:error -> a*2"],
      also: mayFail("a@a#1", "a@a#2"),
      orders: either("a@a#1 b done", "!a@a#1 a@a#2 b done", "!a@a#1 !a@a#2"),
      outcomes: ['completed "a@a#1!"', 'completed "a@a#2!"', "failed loop_exhausted"],
    },
  ],
  [
    "what fails in a pass and has a retry is tried again in that pass",
    {
      nodes: { twice: loop("iteration == 2", 2), a: inside("twice", task({ retry: { attempts: 2 } })), b: task() },
      edges: ["start -> twice -> b"],
      also: mayFail("a@twice#1"),
      orders: either("a@twice#1 a@twice#2 b", "!a@twice#1 !twice"),
      outcomes: ["completed null", "failed model_failed"],
    },
  ],
  [
    "a time that is up in a pass is of that pass alone",
    {
      nodes: {
        a: task({ timeout: "1h" }),
        late: set({ n: "{{ iteration }}" }),
        again: choice({ yes: "iteration < 2" }),
      },
      edges: ["start -> a -> again:yes -> a", "a:error -> late -> again"],
      orders: inTurn(either("a@a#1", "!a@a#1 late@a#1"), either("a@a#2", "!a@a#2 late@a#2")),
      outcomes: ["completed null"],
    },
  ],
  [
    "the time of a loop is up: the pass is called off, and no other begins",
    {
      nodes: { often: loop("iteration == 3", 3, { timeout: "1h" }), a: inside("often", task()), b: task() },
      edges: ["start -> often", "often:error -> b"],
      orders: inTurn(
        either(
          "~a@often#1 !often b",
          "a@often#1 ~a@often#2 !often b",
          "a@often#1 a@often#2 ~a@often#3 !often b",
          "a@often#1 a@often#2 a@often#3",
        ),
      ),
      outcomes: ["completed null"],
    },
  ],
  [
    "a subflow in a loop: each pass has a run of its own",
    {
      nodes: { twice: loop("iteration == 2", 2), sub: inside("twice", subflow()), done: end("{{ twice }}") },
      edges: ["start -> twice -> done"],
      orders: inTurn("sub@twice#1 sub@twice#2 done"),
      outcomes: ['completed "sub@twice#2!"'],
    },
  ],
  [
    "a wait in a loop beside an approval: each pass listens and asks anew",
    {
      nodes: { twice: loop("iteration == 2", 2), go: inside("twice", event()), judge: inside("twice", ask()) },
      edges: ["start -> twice"],
      also: mayReject,
      orders: inTurn(atOnce("go@twice#1", "judge@twice#1"), atOnce("go@twice#2", "judge@twice#2")),
      outcomes: ["completed null"],
    },
  ],
  [
    "a loop in a loop in a list: three scopes, and each knows its own",
    {
      nodes: {
        each: forEach("input", { concurrency: 1 }),
        outer: inside("each", loop("iteration == 2", 2)),
        inner: inside("outer", loop("iteration == 1", 1)),
        a: inside("inner", set({ is: "{{ item }} {{ iteration }}" })),
        b: inside("outer", set({ is: "{{ inner.is }} {{ iteration }}" })),
        done: end("{{ each }}"),
      },
      edges: ["start -> each -> done", "inner -> b"],
      input: [7],
      orders: inTurn("a@each#0/outer#1/inner#1 b@each#0/outer#1 a@each#0/outer#2/inner#1 b@each#0/outer#2 done"),
      outcomes: ['completed [{"is":"7 1 2"}]'],
    },
  ],
])("%s", (_name, pattern) => expectPattern(pattern));
