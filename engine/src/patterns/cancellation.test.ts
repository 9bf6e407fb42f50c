import { test } from "vitest";
import { atOnce, either, inTurn } from "../testing/orders.ts";
import {
  ask,
  end,
  event,
  expectPattern,
  forEach,
  inside,
  lanes,
  loop,
  mayReject,
  type Pattern,
  set,
  subflow,
  task,
  time,
} from "./notation.ts";

const cancel = { kind: "cancel" } as const;

test.each<[string, Pattern]>([
  [
    "29 cancelling discriminator: the first goes on, the others are called off",
    {
      nodes: {
        race: lanes({ join: "any" }),
        a: inside("race", task()),
        b: inside("race", task()),
        c: inside("race", task()),
        done: end("{{ race }}"),
      },
      edges: ["start -> race -> done"],
      orders: either(
        "a@race/a ~b@race/b ~c@race/c done",
        "b@race/b ~a@race/a ~c@race/c done",
        "c@race/c ~a@race/a ~b@race/b done",
      ),
      outcomes: [
        'completed {"a":"a@race/a!","b":null,"c":null}',
        'completed {"a":null,"b":"b@race/b!","c":null}',
        'completed {"a":null,"b":null,"c":"c@race/c!"}',
      ],
    },
  ],
  [
    "32 cancelling partial join: the second of three goes on, the third is called off wherever it is",
    {
      nodes: {
        race: lanes({ join: { count: 2 } }),
        a: inside("race", task()),
        b: inside("race", task()),
        c: inside("race", task()),
        d: inside("race", task()),
        e: task(),
      },
      edges: ["start -> race -> e", "c -> d"],
      orders: either(
        inTurn(atOnce("a@race/a", "b@race/b"), "~c@race/c e"),
        inTurn("c@race/c", atOnce("a@race/a", "b@race/b"), "~d@race/c e"),
        "a@race/a c@race/c b@race/b ~d@race/c e",
        "b@race/b c@race/c a@race/a ~d@race/c e",
        inTurn(atOnce("a@race/a", "c@race/c d@race/c"), "~b@race/b e"),
        inTurn(atOnce("b@race/b", "c@race/c d@race/c"), "~a@race/a e"),
      ),
      outcomes: ["completed null"],
    },
  ],
  [
    "19 cancel activity: called off by what comes from outside, and by nothing else",
    {
      nodes: {
        race: lanes({ join: "any" }),
        a: inside("race", task()),
        stop: inside("race", event()),
        b: task(),
      },
      edges: ["start -> race -> b"],
      orders: either("a@race/a ~stop@race/stop b", "stop@race/stop ~a@race/a b"),
      outcomes: ["completed null"],
    },
  ],
  [
    "19 cancel activity: called off by the time, which is a way like any other",
    {
      nodes: { a: task({ timeout: "1h" }), b: task(), c: task() },
      edges: ["start -> a -> b", "a:error -> c"],
      orders: either("a b", "!a c"),
      outcomes: ["completed null"],
    },
  ],
  [
    "20 cancel case: at any moment, whatever works is called off and nothing starts after",
    {
      nodes: { a: task(), b: task(), c: ask(), d: subflow() },
      edges: ["start -> a -> b", "start -> c:approved -> d"],
      anytime: [cancel],
      orders: either(
        inTurn("~a ~c"),
        "a ~b ~c",
        "a b ~c",
        inTurn("c", either("~a ~d", "d ~a")),
        inTurn(atOnce("a", "c"), "~b ~d"),
        inTurn(atOnce("a b", "c"), "~d"),
        inTurn(atOnce("a", "c d"), "~b"),
        inTurn(atOnce("a b", "c d")),
      ),
      outcomes: ["cancelled", "completed null"],
    },
  ],
  [
    "25 cancel region: all that lies in it is called off, what lies outside runs on",
    {
      nodes: {
        race: lanes({ join: "any" }),
        region: inside("race", lanes()),
        a: inside("region", task()),
        b: inside("region", task()),
        stop: inside("race", event()),
        c: task(),
      },
      edges: ["start -> race", "start -> c"],
      orders: atOnce(
        "c",
        either(
          "stop@race/stop+~a@race/region/region/a+~b@race/region/region/b",
          "a@race/region/region/a stop@race/stop+~b@race/region/region/b",
          "b@race/region/region/b stop@race/stop+~a@race/region/region/a",
          "a@race/region/region/a b@race/region/region/b+~stop@race/stop",
          "b@race/region/region/b a@race/region/region/a+~stop@race/stop",
        ),
      ),
      outcomes: ["completed null"],
    },
  ],
  [
    "26 cancel instances: those that have ended stay ended, those that work are called off, the rest never starts",
    {
      nodes: {
        race: lanes({ join: "any" }),
        each: inside("race", forEach("input", { concurrency: 1 })),
        a: inside("each", task()),
        stop: inside("race", event()),
      },
      edges: ["start -> race"],
      input: [1, 2],
      orders: either(
        "stop@race/stop ~a@race/each/each#0",
        "a@race/each/each#0 stop@race/stop ~a@race/each/each#1",
        "a@race/each/each#0 a@race/each/each#1 ~stop@race/stop",
      ),
      outcomes: ["completed null"],
    },
  ],
  [
    "a loop that is called off in any pass makes no other",
    {
      nodes: {
        race: lanes({ join: "any" }),
        twice: inside("race", loop("iteration == 2", 2)),
        a: inside("twice", task()),
        stop: inside("race", event()),
        done: end("{{ race }}"),
      },
      edges: ["start -> race -> done"],
      orders: either(
        "stop@race/stop ~a@race/twice/twice#1 done",
        "a@race/twice/twice#1 stop@race/stop ~a@race/twice/twice#2 done",
        "a@race/twice/twice#1 a@race/twice/twice#2 ~stop@race/stop done",
      ),
      outcomes: [
        'completed {"stop":null,"twice":"a@race/twice/twice#2!"}',
        'completed {"stop":{"signal":"stop@race/stop!"},"twice":null}',
      ],
    },
  ],
  [
    "a loop of edges is called off with the lane in which it lies",
    {
      nodes: {
        race: lanes({ join: "any" }),
        first: inside("race", set({ n: 1 })),
        a: inside("race", task()),
        judge: inside("race", ask()),
        late: inside("race", time("1h")),
      },
      edges: ["start -> race", "first -> a -> judge:rejected -> a*2"],
      also: mayReject,
      orders: inTurn(
        "first@race/first",
        either(
          "late@race/late ~a@race/first/a#1",
          inTurn(
            "a@race/first/a#1",
            either(
              "late@race/late ~judge@race/first/a#1",
              "judge@race/first/a#1 ~late@race/late",
              inTurn(
                "judge@race/first/a#1",
                either(
                  "late@race/late ~a@race/first/a#2",
                  "a@race/first/a#2 late@race/late ~judge@race/first/a#2",
                  "a@race/first/a#2 judge@race/first/a#2 ~late@race/late",
                  // a second rejection is one pass too many: this lane has failed, and the other may still win
                  "a@race/first/a#2 judge@race/first/a#2 late@race/late",
                ),
              ),
            ),
          ),
        ),
      ),
      outcomes: ["completed null"],
    },
  ],
  [
    "an end that ends all does so from inside a loop, in the pass that reaches it",
    {
      nodes: {
        twice: loop("iteration == 2", 2),
        a: inside("twice", ask()),
        now: inside("twice", end("{{ iteration }}", { terminate: true })),
        b: task(),
      },
      edges: ["start -> twice", "start -> b", "a:rejected -> now"],
      also: mayReject,
      orders: either(
        "a@twice#1 now@twice#1 ~b",
        "b a@twice#1 now@twice#1",
        "a@twice#1 a@twice#2 now@twice#2 ~b",
        atOnce("b", "a@twice#1 a@twice#2"),
        inTurn(atOnce("b", "a@twice#1"), "a@twice#2 now@twice#2"),
      ),
      outcomes: ["completed null", "completed 1", "completed 2"],
    },
  ],
])("%s", (_name, pattern) => expectPattern(pattern));
