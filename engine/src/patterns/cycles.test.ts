import { validateGraph } from "@signalbox/shared/validation";
import { expect, test } from "vitest";
import { atOnce, either, inTurn } from "../testing/orders.ts";
import {
  anyChoice,
  ask,
  choice,
  drawn,
  end,
  expectPattern,
  inside,
  loop,
  mayReject,
  type Pattern,
  set,
  task,
} from "./notation.ts";

test.each<[string, Pattern]>([
  [
    "21 structured loop, repeat: the body once, and again until the condition holds",
    {
      nodes: {
        twice: loop("iteration == 2", 9),
        a: inside("twice", task()),
        b: inside("twice", task()),
        done: end("{{ twice }}"),
      },
      edges: ["start -> twice -> done", "a -> b"],
      orders: inTurn("a@twice#1 b@twice#1 a@twice#2 b@twice#2 done"),
      outcomes: ['completed "b@twice#2!"'],
    },
  ],
  [
    "21 structured loop, while: asked before each pass, so the body may not run at all",
    {
      nodes: { more: anyChoice(["yes"]), a: task(), done: end("{{ 'end' }}") },
      edges: ["start -> more:yes -> a -> more*3", "more:else -> done"],
      orders: either("done", "a@more#1 done", "a@more#1 a@more#2 done", "a@more#1 a@more#2 a@more#3"),
      outcomes: ['completed "end"', "failed loop_exhausted"],
    },
  ],
  [
    "21 structured loop whose body is side by side within a pass, and pass after pass",
    {
      nodes: { twice: loop("iteration == 2", 2), a: inside("twice", task()), b: inside("twice", task()) },
      edges: ["start -> twice"],
      orders: inTurn(atOnce("a@twice#1", "b@twice#1"), atOnce("a@twice#2", "b@twice#2")),
      outcomes: ["completed null"],
    },
  ],
  [
    "21 structured loop that is not done after its most passes: a way out like any other",
    {
      nodes: { twice: loop("iteration > 9", 2), a: inside("twice", task()), b: task(), c: task() },
      edges: ["start -> twice -> b", "twice:exhausted -> c"],
      orders: inTurn("a@twice#1 a@twice#2 c"),
      outcomes: ["completed null"],
    },
  ],
  [
    "10 arbitrary cycle with one way in, two ways back and two ways out: of two limits the lower counts",
    {
      nodes: {
        a: task(),
        first: anyChoice(["back", "out"]),
        b: task(),
        second: anyChoice(["back"]),
        c: task(),
        d: task(),
      },
      edges: [
        "start -> a -> first:back -> a*7",
        "first:out -> c",
        "first:else -> b -> second:back -> a*2",
        "second:else -> d",
      ],
      orders: either(
        "a@a#1 c",
        "a@a#1 b@a#1 d",
        inTurn(either("a@a#1", "a@a#1 b@a#1"), either("a@a#2", "a@a#2 c", "a@a#2 b@a#2", "a@a#2 b@a#2 d")),
      ),
      outcomes: ["completed null", "failed loop_exhausted"],
    },
  ],
  [
    "10 arbitrary cycle in another: the inner one begins anew in each pass of the outer",
    {
      nodes: {
        a: task(),
        b: task(),
        inner: choice({ back: "iteration < 2" }),
        outer: choice({ back: "iteration < 2" }),
        c: task(),
      },
      edges: ["start -> a -> b -> inner:back -> b", "inner:else -> outer:back -> a", "outer:else -> c"],
      orders: inTurn("a@a#1 b@a#1/b#1 b@a#1/b#2 a@a#2 b@a#2/b#1 b@a#2/b#2 c"),
      outcomes: ["completed null"],
    },
  ],
  [
    "10 arbitrary cycle: what leaves it in an early pass is delivered when it is at rest, with the value of then",
    {
      nodes: {
        a: task(),
        leave: choice({ first: "iteration == 1", always: "true" }, { mode: "all" }),
        early: set({ n: "{{ iteration }}" }),
        b: task(),
        again: choice({ back: "iteration < 2" }),
        c: task(),
        done: end("{{ early.n }}"),
      },
      edges: ["start -> a -> leave:first -> early -> c -> done", "early -> b", "leave:always -> b -> again:back -> a"],
      orders: inTurn("a@a#1 early@a#1 b@a#1 a@a#2 b@a#2 c done"),
      outcomes: ["completed 1"],
    },
  ],
  [
    "10 arbitrary cycle: what has not run in this pass is null, whatever it gave in the one before",
    {
      nodes: {
        a: set({ n: "{{ iteration }}" }),
        b: task(),
        c: set({ saw: "{{ b == null ? 'nothing' : 'something' }}" }, { join: "any" }),
        again: choice({ back: "iteration < 2" }),
        done: end("{{ c.saw }}"),
      },
      edges: ["start -> a -> c -> again:back -> a", "a -> b -> c", "b -> again:else -> done"],
      orders: inTurn("a@a#1 c@a#1 b@a#1 a@a#2 c@a#2 b@a#2 done"),
      outcomes: ['completed "nothing"'],
    },
  ],
  [
    "10 a person sends work back: each pass asks again, and the answer is for the pass that asked",
    {
      nodes: { write: task(), judge: ask(), done: end("{{ write }}") },
      edges: ["start -> write -> judge:rejected -> write*2", "judge:approved -> done"],
      also: mayReject,
      orders: either(
        "write@write#1 judge@write#1 done",
        "write@write#1 judge@write#1 write@write#2 judge@write#2 done",
        "write@write#1 judge@write#1 write@write#2 judge@write#2",
      ),
      outcomes: ['completed "write@write#1!"', 'completed "write@write#2!"', "failed loop_exhausted"],
    },
  ],
])("%s", (_name, pattern) => expectPattern(pattern));

test("10 arbitrary cycle with two ways in is refused, with the nodes named", () => {
  const graph = drawn({ pick: anyChoice(["one"]), a: task(), b: task(), again: anyChoice(["yes"]) }, [
    "start -> pick:one -> a -> b -> again:yes -> a",
    "pick:else -> b",
  ]);
  const [finding] = validateGraph(graph);
  expect(finding).toMatchObject({ severity: "error", code: "loop_two_entries" });
  expect(finding?.detail).toContain("entered at a and b");
});

test("21 structured loop that nothing ends is refused", () => {
  const graph = drawn({ a: task(), b: task() }, ["start -> a -> b -> a"]);
  expect(validateGraph(graph)).toContainEqual(
    expect.objectContaining({ severity: "error", code: "loop_without_exit" }),
  );
});
