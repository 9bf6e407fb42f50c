import { validateGraph } from "@signalbox/shared/validation";
import { expect, test } from "vitest";
import { atOnce, either, inTurn } from "../testing/orders.ts";
import {
  drawn,
  end,
  expectPattern,
  forEach,
  inside,
  lanes,
  loop,
  mayFail,
  type Pattern,
  set,
  task,
} from "./notation.ts";

const each = (data: object = {}) => ({ each: forEach("input", data), a: inside("each", task()) });

test.each<[string, Pattern]>([
  [
    "12 instances without synchronization: what does not wait for them goes on beside them",
    {
      nodes: { ...each(), b: task() },
      edges: ["start -> each", "start -> b"],
      input: [1, 2],
      orders: atOnce("a@each#0", "a@each#1", "b"),
      outcomes: ["completed null"],
    },
  ],
  [
    "13 instances with design-time knowledge: as many as the drawing says, and then on",
    {
      nodes: { each: forEach("[1, 2]"), a: inside("each", task()), done: end("{{ each }}") },
      edges: ["start -> each -> done"],
      orders: inTurn(atOnce("a@each#0", "a@each#1"), "done"),
      outcomes: ['completed ["a@each#0!","a@each#1!"]'],
    },
  ],
  [
    "13 instances with design-time knowledge, each drawn by itself: a value by the name of each lane",
    {
      nodes: {
        fan: lanes(),
        a: inside("fan", task()),
        b: inside("fan", task()),
        c: inside("fan", task()),
        done: end("{{ fan }}"),
      },
      edges: ["start -> fan -> done", "b -> c"],
      orders: inTurn(atOnce("a@fan/a", "b@fan/b c@fan/b"), "done"),
      outcomes: ['completed {"a":"a@fan/a!","b":"c@fan/b!"}'],
    },
  ],
  [
    "14 instances with run-time knowledge: as many as the list that the run brings, values in its order",
    {
      nodes: { ...each(), done: end("{{ each }}") },
      edges: ["start -> each -> done"],
      input: ["x", "y", "z"],
      orders: inTurn(atOnce("a@each#0", "a@each#1", "a@each#2"), "done"),
      outcomes: ['completed ["a@each#0!","a@each#1!","a@each#2!"]'],
    },
  ],
  [
    "14 instances of an empty list: none, and on at once",
    {
      nodes: { ...each(), done: end("{{ each }}") },
      edges: ["start -> each -> done"],
      input: [],
      orders: inTurn("done"),
      outcomes: ["completed []"],
    },
  ],
  [
    "15 instances without run-time knowledge, as it is defined here: what a round finds is the list of the next round",
    {
      nodes: {
        rounds: loop("size(found.more) == 0", 9),
        todo: inside("rounds", set({ list: "{{ iteration == 1 ? input : previous.found.more }}" })),
        each: inside("rounds", forEach("todo.list")),
        a: inside("each", task()),
        found: inside("rounds", set({ more: "{{ iteration == 1 ? [3] : [] }}" })),
      },
      edges: ["start -> rounds", "todo -> each -> found"],
      input: [1, 2],
      orders: inTurn(
        "todo@rounds#1",
        atOnce("a@rounds#1/each#0", "a@rounds#1/each#1"),
        "found@rounds#1 todo@rounds#2 a@rounds#2/each#0 found@rounds#2",
      ),
      outcomes: ["completed null"],
    },
  ],
  [
    "34 static partial join for instances, as it is defined here: nothing outlives its frame, so the rest is called off",
    {
      nodes: { ...each({ join: "any" }), b: task() },
      edges: ["start -> each -> b"],
      input: [1, 2],
      orders: either("a@each#0 ~a@each#1 b", "a@each#1 ~a@each#0 b"),
      outcomes: ["completed null"],
    },
  ],
  [
    "35 cancelling partial join for instances: the second of three goes on, the third is called off and is null",
    {
      nodes: { ...each({ join: { count: 2 } }), done: end("{{ each }}") },
      edges: ["start -> each -> done"],
      input: [1, 2, 3],
      orders: either(
        inTurn(atOnce("a@each#0", "a@each#1"), "~a@each#2 done"),
        inTurn(atOnce("a@each#0", "a@each#2"), "~a@each#1 done"),
        inTurn(atOnce("a@each#1", "a@each#2"), "~a@each#0 done"),
      ),
      outcomes: [
        'completed ["a@each#0!","a@each#1!",null]',
        'completed ["a@each#0!",null,"a@each#2!"]',
        'completed [null,"a@each#1!","a@each#2!"]',
      ],
    },
  ],
  [
    "35 cancelling partial join for instances that can no longer be reached: it fails at once, the rest is called off",
    {
      nodes: { ...each({ join: { count: 2 } }), sorry: end("{{ each.code }}") },
      edges: ["start -> each:error -> sorry"],
      input: [1, 2],
      also: mayFail("a@each#0"),
      orders: either(
        inTurn(atOnce("a@each#0", "a@each#1")),
        "!a@each#0 ~a@each#1 !each sorry",
        "a@each#1 !a@each#0 !each sorry",
      ),
      outcomes: ["completed null", 'completed "model_failed"'],
    },
  ],
  [
    "instances that are all waited for, ended well or not: a failure is a value in its place",
    {
      nodes: { ...each({ join: "settled" }), done: end("{{ each }}") },
      edges: ["start -> each -> done"],
      input: [1, 2],
      also: mayFail("a@each#0"),
      orders: inTurn(either(atOnce("a@each#0", "a@each#1"), atOnce("!a@each#0", "a@each#1")), "done"),
      outcomes: [
        'completed ["a@each#0!","a@each#1!"]',
        'completed [{"error":{"code":"model_failed","message":"It failed."}},"a@each#1!"]',
      ],
    },
  ],
  [
    "instances of instances: each list waits for its own",
    {
      nodes: {
        rows: forEach("input"),
        cells: inside("rows", forEach("item")),
        a: inside("cells", task()),
        b: inside("rows", task()),
      },
      edges: ["start -> rows", "cells -> b"],
      input: [[1, 2], [3]],
      orders: atOnce(inTurn(atOnce("a@rows#0/cells#0", "a@rows#0/cells#1"), "b@rows#0"), "a@rows#1/cells#0 b@rows#1"),
      outcomes: ["completed null"],
    },
  ],
  [
    "only so many instances at once: the third starts when one of the first two has ended",
    {
      nodes: { ...each({ concurrency: 2 }) },
      edges: ["start -> each"],
      input: [1, 2, 3],
      orders: either(
        inTurn("a@each#0", atOnce("a@each#1", "a@each#2")),
        inTurn("a@each#1", atOnce("a@each#0", "a@each#2")),
      ),
      outcomes: ["completed null"],
    },
  ],
  [
    "17 interleaved parallel routing: one at a time, each lane in its own order",
    {
      nodes: {
        fan: lanes({ concurrency: 1 }),
        a: inside("fan", task()),
        b: inside("fan", task()),
        c: inside("fan", task()),
      },
      edges: ["start -> fan", "a -> b"],
      orders: inTurn("a@fan/a b@fan/a c@fan/c"),
      outcomes: ["completed null"],
    },
  ],
  [
    "40 interleaved routing: one at a time, in the order of the list",
    {
      nodes: { ...each({ concurrency: 1 }) },
      edges: ["start -> each"],
      input: [1, 2, 3],
      orders: inTurn("a@each#0 a@each#1 a@each#2"),
      outcomes: ["completed null"],
    },
  ],
])("%s", (_name, pattern) => expectPattern(pattern));

test("15 instances of a list that grows while it is worked on are refused: a list is complete before its first item starts", () => {
  const graph = drawn(
    { each: forEach("found.more"), a: inside("each", task()), found: inside("each", set({ more: "{{ [item] }}" })) },
    ["start -> each", "a -> found"],
  );
  const [finding] = validateGraph(graph);
  expect(finding).toMatchObject({ severity: "error", node: "each", path: "nodes.1.data.items" });
  expect(finding?.detail).toContain("cannot");
});
