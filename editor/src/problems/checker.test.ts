import { type Graph, graphFormat } from "@signalbox/shared/graph";
import { expect, test } from "vitest";
import { type Checked, type CheckWorker, createChecker, type ToCheck } from "./checker.ts";

const named = (name: string): Graph => ({ format: graphFormat, name, nodes: [], edges: [] });

function bench() {
  const sent: ToCheck[] = [];
  const told: string[] = [];
  let answer: (event: MessageEvent<Checked>) => void = () => undefined;
  const worker: CheckWorker = {
    postMessage: (message) => sent.push(message),
    addEventListener: (_type, listener) => {
      answer = listener;
    },
    terminate: () => undefined,
  };
  const checker = createChecker(
    () => worker,
    ({ name }) => told.push(name),
  );
  const finish = (serial: number) => answer({ data: { serial, findings: [] } } as unknown as MessageEvent<Checked>);
  return { checker, sent, told, finish };
}

test("while one drawing is checked, only the newest of the others waits", () => {
  const { checker, sent, told, finish } = bench();
  for (const name of ["a", "b", "c"]) checker.check(named(name), {});
  expect(sent.map(({ graph }) => graph.name)).toEqual(["a"]);
  finish(1);
  expect(sent.map(({ graph }) => graph.name)).toEqual(["a", "c"]);
  finish(2);
  expect(told).toEqual(["a", "c"]);
});

test("what comes after the end is not told", () => {
  const { checker, told, finish } = bench();
  checker.check(named("a"), {});
  checker.close();
  finish(1);
  expect(told).toEqual([]);
});
