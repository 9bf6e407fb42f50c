import { parseGraph } from "@signalbox/shared/graph";
import { expect, test } from "vitest";
import { atOnce, either, inTurn } from "../testing/orders.ts";
import { anyChoice, choice, end, expectPattern, mayFail, type Pattern, set, task } from "./notation.ts";

/**
 * The workflow patterns of van der Aalst, ter Hofstede, Kiepuszewski and Barros, by the numbers of their revision of 2006.
 * Every order in which anything can happen is tried, and the orders that are stated are all that there are. In an order
 * `a` has ended, `!a` has failed, `~a` was called off; `a+b` stand for two between which nothing can come.
 */
test.each<[string, Pattern]>([
  [
    "1 sequence: one after the other",
    {
      nodes: { a: task(), b: task(), done: end("{{ b }}") },
      edges: ["start -> a -> b -> done"],
      orders: inTurn("a b done"),
      outcomes: ['completed "b!"'],
    },
  ],
  [
    "2 parallel split: several edges from one way out are all taken, side by side",
    {
      nodes: { a: task(), b: task(), c: task() },
      edges: ["start -> a", "start -> b", "start -> c"],
      orders: atOnce("a", "b", "c"),
      outcomes: ["completed null"],
    },
  ],
  [
    "3 synchronization: what waits for all runs once, after the last",
    {
      nodes: { a: task(), b: task(), c: task(), done: end("{{ c }}") },
      edges: ["start -> a -> c", "start -> b -> c -> done"],
      orders: inTurn(atOnce("a", "b"), "c done"),
      outcomes: ['completed "c!"'],
    },
  ],
  [
    "4 exclusive choice: the first case that is true, and no other",
    {
      nodes: { pick: choice({ low: "input < 5", lower: "input < 9" }), a: task(), b: task(), c: task() },
      edges: ["start -> pick:low -> a", "pick:lower -> b", "pick:else -> c"],
      input: 7,
      orders: inTurn("b"),
      outcomes: ["completed null"],
    },
  ],
  [
    "4 exclusive choice, by a model: one of the cases or else",
    {
      nodes: { pick: anyChoice(["one", "two"]), a: task(), b: task(), c: task() },
      edges: ["start -> pick:one -> a", "pick:two -> b", "pick:else -> c"],
      orders: either("a", "b", "c"),
      outcomes: ["completed null"],
    },
  ],
  [
    "4 exclusive choice without a way for else: nothing follows, and nothing hangs",
    {
      nodes: { pick: choice({ low: "input < 5" }), a: task(), done: end("{{ 'never' }}") },
      edges: ["start -> pick:low -> a -> done"],
      input: 7,
      orders: inTurn(""),
      outcomes: ["completed null"],
    },
  ],
  [
    "5 simple merge: what follows a choice runs once, whichever was taken",
    {
      nodes: { pick: anyChoice(["one", "two"]), a: task(), b: task(), c: task(), done: end("{{ c }}") },
      edges: ["start -> pick:one -> a -> c", "pick:two -> b -> c", "pick:else -> c -> done"],
      orders: inTurn(either("a", "b", ""), "c done"),
      outcomes: ['completed "c!"'],
    },
  ],
  [
    "6 multi-choice: every case that is true, else only if none is",
    {
      nodes: {
        pick: choice({ even: "input % 2 == 0", small: "input < 9", big: "input > 9" }, { mode: "all" }),
        a: task(),
        b: task(),
        c: task(),
        d: task(),
      },
      edges: ["start -> pick:even -> a", "pick:small -> b", "pick:big -> c", "pick:else -> d"],
      input: 6,
      orders: atOnce("a", "b"),
      outcomes: ["completed null"],
    },
  ],
  [
    "7 structured synchronizing merge: after any number of choices, once all that were taken have ended",
    {
      nodes: { pick: anyChoice(["one", "two"], { mode: "all" }), a: task(), b: task(), c: task() },
      edges: ["start -> pick:one -> a -> c", "pick:two -> b -> c"],
      orders: either("", "a c", "b c", inTurn(atOnce("a", "b"), "c")),
      outcomes: ["completed null"],
    },
  ],
  [
    "8 multi-merge, as it is defined here: a join runs once, so a second arrival starts nothing",
    {
      nodes: { a: task(), b: task(), c: task({ join: "any" }), done: end("{{ c }}") },
      edges: ["start -> a -> c -> done", "start -> b -> c"],
      orders: either(inTurn("a", atOnce("b", "c+done")), inTurn("b", atOnce("a", "c+done"))),
      outcomes: ['completed "c!"'],
    },
  ],
  [
    "9 structured discriminator: the first arrival goes on, the others end and change nothing",
    {
      nodes: { a: task(), b: task(), c: task(), d: task({ join: "any" }) },
      edges: ["start -> a -> d", "start -> b -> d", "start -> c -> d"],
      orders: either(
        inTurn("a", atOnce("b", "c", "d")),
        inTurn("b", atOnce("a", "c", "d")),
        inTurn("c", atOnce("a", "b", "d")),
      ),
      outcomes: ["completed null"],
    },
  ],
  [
    "30 structured partial join: the second of three goes on, the third ends and changes nothing",
    {
      nodes: { a: task(), b: task(), c: task(), d: task({ join: { count: 2 } }) },
      edges: ["start -> a -> d", "start -> b -> d", "start -> c -> d"],
      orders: either(
        inTurn(atOnce("a", "b"), atOnce("c", "d")),
        inTurn(atOnce("a", "c"), atOnce("b", "d")),
        inTurn(atOnce("b", "c"), atOnce("a", "d")),
      ),
      outcomes: ["completed null"],
    },
  ],
  [
    "30 structured partial join that can no longer be reached: it is skipped, and nothing hangs",
    {
      nodes: {
        pick: anyChoice(["one", "two"]),
        a: task(),
        b: task(),
        c: task(),
        d: task({ join: { count: 2 } }),
        done: end("{{ d }}"),
      },
      edges: ["start -> pick:one -> a -> d", "pick:two -> b -> d", "pick:else -> c -> d -> done"],
      orders: either("a", "b", "c"),
      outcomes: ["completed null"],
    },
  ],
  [
    "37 local synchronizing merge: it waits for what can still come, however the choices before it are nested",
    {
      nodes: {
        outer: anyChoice(["one", "two"], { mode: "all" }),
        a: task(),
        inner: anyChoice(["yes"]),
        b: task(),
        c: task(),
        d: task(),
      },
      edges: ["start -> outer:one -> a -> inner:yes -> b -> d", "outer:two -> c -> d"],
      orders: either("", "a", "a b d", "c d", inTurn(atOnce("a", "c"), "d"), inTurn(atOnce("a b", "c"), "d")),
      outcomes: ["completed null"],
    },
  ],
  [
    "11 implicit termination: the run ends when nothing is left to do",
    {
      nodes: { a: task(), b: task(), one: end("{{ a }}"), two: end("{{ b }}") },
      edges: ["start -> a -> one", "start -> b -> two"],
      orders: atOnce("a+one", "b+two"),
      outcomes: ['completed {"one":"a!","two":"b!"}'],
    },
  ],
  [
    "43 explicit termination: one end ends the whole run, and what still works is called off",
    {
      nodes: { a: task(), b: task(), c: task(), now: end("{{ a }}", { terminate: true }), two: end("{{ c }}") },
      edges: ["start -> a -> now", "start -> b -> c -> two"],
      orders: either("a now ~b", "b a now ~c", "b c two a now"),
      outcomes: ['completed "a!"'],
    },
  ],
  [
    "what nothing leads to never runs, and no join waits for it",
    {
      nodes: { a: task(), lost: task(), b: task() },
      edges: ["start -> a -> b", "lost -> b"],
      orders: inTurn("a b"),
      outcomes: ["completed null"],
    },
  ],
  [
    "a way for what fails is a way like any other",
    {
      nodes: { a: task(), b: task(), c: set({ why: "{{ a.code }}" }), d: task() },
      edges: ["start -> a -> b -> d", "a:error -> c -> d"],
      also: mayFail("a"),
      orders: either("a b d", "!a c d"),
      outcomes: ["completed null"],
    },
  ],
  [
    "without one it fails the run, and what still works is called off",
    {
      nodes: { a: task(), b: task(), c: task() },
      edges: ["start -> a -> c", "start -> b"],
      also: mayFail("a"),
      orders: either(inTurn(atOnce("a c", "b")), "!a ~b", "b !a"),
      outcomes: ["completed null", "failed model_failed"],
    },
  ],
])("%s", (_name, pattern) => expectPattern(pattern));

test("8 multi-merge, a join for each arrival, is refused: an execution is known by its node and scope, and would be two", () => {
  const position = { x: 0, y: 0 };
  const parsed = parseGraph({
    format: "signalbox.graph/1",
    name: "Test",
    nodes: [{ id: "c", type: "agent", data: { model: "played", prompt: "?", join: "each" }, position }],
    edges: [],
  });
  expect(parsed).toMatchObject({ problems: [{ path: "nodes.0.data.join" }] });
});
