import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endsRun, RunEvent } from "@signalbox/shared/events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signalbox } from "../support/command.ts";
import { asking, doubling, drawing, edge, node } from "../support/drawing.ts";

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "signalbox-command-"));
  const files = {
    "doubling.json": JSON.stringify(doubling),
    "asking.json": JSON.stringify(asking),
    "senseless.json": JSON.stringify(
      drawing([node("start", "start"), node("think", "agent", {})], [edge("start", "gone")]),
    ),
    "failing.json": JSON.stringify(
      drawing(
        [node("start", "start"), node("broken", "tool", { tool: "code.javascript", arguments: { code: "throw 1" } })],
        [edge("start", "broken")],
      ),
    ),
    "shapeless.json": JSON.stringify({ ...doubling, zoom: 1 }),
    "cut.json": '{"format":',
    "input.json": '{"n": 4}',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const run = (...words: string[]) => signalbox(words, { cwd });

test("check says nothing of a good graph, and a line for each thing wrong with another", async () => {
  expect(await run("check", "doubling.json")).toEqual({ code: 0, out: "", err: "" });
  const senseless = await run("check", "senseless.json");
  expect(senseless.code).toBe(1);
  expect(senseless.out).toMatch(/^senseless\.json:nodes\.1\.data\.prompt: required_missing: .+\.$/m);
  expect(senseless.out).toMatch(/^senseless\.json:edges\.0\.target: edge_dangling: .+\.$/m);
  expect(await run("check", "shapeless.json")).toMatchObject({
    code: 2,
    out: expect.stringMatching(/^shapeless\.json:zoom: unknown_field: .+\.\n$/),
  });
  expect(await run("check", "cut.json")).toMatchObject({
    code: 2,
    out: expect.stringMatching(/^cut\.json: invalid_json: .+\.\n$/),
  });
  expect(await run("check", "missing.json")).toMatchObject({
    code: 2,
    out: expect.stringContaining("file_unreadable"),
  });
});

test("run prints its events for people and its output for programs", async () => {
  expect(await run("run", "doubling.json", "--input", '{"n": 21}')).toEqual({
    code: 0,
    out: "42\n",
    err: expect.stringMatching(/^ +\d+ node\.completed twice$/m),
  });
});

test("run --json prints events as NDJSON, and the output last", async () => {
  const { code, out } = await run("run", "doubling.json", "--input-file", "input.json", "--json");
  const lines = out.trim().split("\n");
  expect([code, lines.at(-1)]).toEqual([0, "8"]);
  const events = lines.slice(0, -1).map((line) => RunEvent.parse(JSON.parse(line)));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.filter(endsRun)).toHaveLength(1);
});

test("a run that fails ends with 1 and a sentence, one that cannot begin with 2", async () => {
  expect(await run("run", "failing.json")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("code_failed"),
  });
  expect(await run("run", "senseless.json")).toMatchObject({ code: 2, err: expect.stringContaining("edge_dangling") });
  expect(await run("run", "doubling.json")).toMatchObject({ code: 2, err: expect.stringContaining("input_invalid") });
  expect(await run("run", "doubling.json", "--input", "{")).toMatchObject({ code: 2 });
  expect(await run("run", "cut.json")).toMatchObject({ code: 2 });
});

test("approvals are answered as told, or leave the run waiting to be gone on with", async () => {
  expect(await run("run", "asking.json", "--input", '"it"', "--approve", "yes")).toMatchObject({
    code: 0,
    out: '"approved"\n',
  });
  expect(await run("run", "asking.json", "--input", '"it"', "--approve", "no")).toMatchObject({
    code: 0,
    out: "null\n",
  });
  expect(await run("run", "asking.json", "--input", '"it"')).toMatchObject({ code: 3, out: "" });
  const kept = await run("run", "asking.json", "--input", '"it"', "--data", "kept");
  expect(kept).toMatchObject({ code: 3, err: expect.stringMatching(/--resume run_\w+/) });
  const id = /--resume (run_\w+)/.exec(kept.err)?.[1] ?? "";
  expect(await run("run", "--resume", id, "--data", "kept", "--approve", "yes")).toMatchObject({
    code: 0,
    out: '"approved"\n',
  });
}, 120_000);

test("what is no command or flag is told in a sentence", async () => {
  for (const words of [
    ["fly"],
    ["run"],
    ["check"],
    ["run", "doubling.json", "--approve", "maybe"],
    ["serve", "--fast"],
  ]) {
    const { code, out, err } = await run(...words);
    expect([words, code, out]).toEqual([words, 2, ""]);
    expect(err).toMatch(/\(configuration_invalid\)\n$/);
  }
});
