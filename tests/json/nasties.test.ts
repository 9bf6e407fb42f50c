import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunSummary } from "@signalbox/shared/api";
import { renderTemplate } from "@signalbox/shared/expressions";
import { canonicalGraph, type Graph, parseGraph, writeGraph } from "@signalbox/shared/graph";
import { type Json, parseJson } from "@signalbox/shared/json";
import { validateGraph } from "@signalbox/shared/validation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";
import { corporaFolder } from "../support/model-server/index.ts";

interface SuiteCase {
  name: string;
  expect: "accept" | "reject" | "either";
  base64: string;
}

const folder = join(corporaFolder(), "nasties");
const found = existsSync(folder);
const load = <Content>(file: string): Content => JSON.parse(readFileSync(join(folder, file), "utf8")) as Content;
const suite: readonly SuiteCase[] = found ? load("json-test-suite.json") : [];
const naughty: readonly string[] = found ? load("blns.json") : [];

/** Correct JSON that the door refuses all the same, because no two programs agree on what it means. */
const refusedOnPurpose: Record<string, string> = {
  "y_object_duplicated_key.json": "duplicate_key",
  "y_object_duplicated_key_and_value.json": "duplicate_key",
};

describe.runIf(found)("the JSON Parsing Test Suite", () => {
  const judged = (wanted: SuiteCase["expect"]) =>
    suite
      .filter((one) => one.expect === wanted)
      .map(({ name, base64 }) => ({ name, text: Buffer.from(base64, "base64").toString("utf8") }));

  test("is all there", () => {
    expect(suite.length).toBeGreaterThan(300);
  });

  test.each(judged("accept"))("$name is read as what it says", ({ name, text }) => {
    const answer = parseJson(text);
    if (refusedOnPurpose[name]) expect(answer).toMatchObject({ problem: { code: refusedOnPurpose[name] } });
    else expect(answer).toEqual({ value: JSON.parse(text) });
  });

  test.each(judged("reject"))("$name is refused with a sentence", ({ text }) => {
    expect(parseJson(text)).toMatchObject({
      problem: { code: expect.stringMatching(/^(invalid_json|too_deep)$/), detail: expect.stringMatching(/\S/) },
    });
  });

  test.each(judged("either"))("$name is read or refused, and breaks nothing", ({ text }) => {
    const answer = parseJson(text);
    if ("value" in answer) expect(parseJson(JSON.stringify(answer.value))).toHaveProperty("value");
    else expect(answer.problem.detail).toMatch(/\S/);
  });
});

/** Each naughty string wherever people may write what they like. */
function graphOf(strings: readonly string[]) {
  const nodes = strings.map((text, index) => ({
    id: `n${index}`,
    type: "set",
    data: { label: text.slice(0, 200), values: { [text.slice(0, 200)]: text.replaceAll("{{", "{{{{") }, comment: text },
    position: { x: 0, y: index },
  }));
  const edges = strings.map((_, index) => ({ id: `e${index}`, source: "start", target: `n${index}` }));
  return {
    format: "signalbox.graph/1",
    name: strings.find((text) => text !== "")?.slice(0, 200) ?? "Naughty",
    nodes: [{ id: "start", type: "start", data: {}, position: { x: 0, y: 0 } }, ...nodes],
    edges,
  };
}

describe.runIf(found)("the big list of naughty strings", () => {
  test("is all there", () => {
    expect(naughty.length).toBeGreaterThan(400);
  });

  test("names workflows and labels nodes, and is written and read as it is", () => {
    for (const text of naughty) {
      const parsed = parseGraph(graphOf([text]));
      if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
      const read = parseJson(writeGraph(parsed.graph));

      expect(read).toHaveProperty("value");
      expect(parseGraph("value" in read ? read.value : null)).toEqual({ graph: canonicalGraph(parsed.graph) });
      expect(validateGraph(parsed.graph)).toEqual([]);
      expect(renderTemplate("{{ input }}", new Map<string, Json>([["input", text]]))).toBe(text);
    }
  });

  describe.each(databaseKinds)("on %s", (kind) => {
    let engine: TestEngine;
    beforeAll(async () => {
      engine = await startEngine(kind);
    });
    afterAll(() => engine.stop(0));

    test("comes back as it was given: drawn in a graph, searched by name, and through a run", async () => {
      const graph = graphOf(naughty);
      const run = await engine.run(
        {
          ...graph,
          nodes: [
            ...graph.nodes,
            { id: "stop", type: "end", data: { output: "{{ input }}" }, position: { x: 9, y: 9 } },
          ],
          edges: [...graph.edges, { id: "last", source: "start", target: "stop" }],
        },
        naughty,
      );
      const log = await engine.follow(run);
      const values = log.flatMap((event) =>
        event.type === "node.completed" && event.node.startsWith("n") ? [[event.node, event.output]] : [],
      );

      expect(log.at(-1)).toMatchObject({ type: "run.completed" });
      const summary = await engine.call<RunSummary>("GET", `runs/${run}`);
      expect(summary.body.output).toEqual(naughty);
      const drawn = await engine.call<Graph>("GET", `runs/${run}/graph`);
      const comments = drawn.body.nodes.flatMap(({ data }) => data.comment ?? []);
      expect(comments.sort()).toEqual(naughty.toSorted());
      expect(Object.fromEntries(values)).toEqual(
        Object.fromEntries(naughty.map((text, index) => [`n${index}`, { [text.slice(0, 200)]: text }])),
      );
    });
  });
});

test.skipIf(found)(`SKIPPED: field data for the JSON door, for there are no corpora at ${corporaFolder()}`, () => {});
