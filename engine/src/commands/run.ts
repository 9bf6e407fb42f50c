import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Graph } from "@signalbox/shared/graph";
import { type Json, parseJson } from "@signalbox/shared/json";
import { validateJson } from "@signalbox/shared/json-schema";
import { validateGraph } from "@signalbox/shared/validation";
import { readConfig } from "../config.ts";
import { SignalboxError } from "../errors.ts";
import { type Engine, openEngine } from "../open-engine.ts";
import type { CommandContext, ExitCode } from "./context.ts";
import { followToEnd, type Watching } from "./follow-run.ts";
import { problemLine, readGraphFile } from "./read-graph.ts";
import { logError, print, say } from "./terminal.ts";

const usage =
  "Write: signalbox run GRAPH.json [--input JSON | --input-file FILE] [--json] [--approve ask|yes|no] [--data DIR], or signalbox run --resume RUN --data DIR.";
const graceMs = 2000;
const exitCodes = { completed: 0, failed: 1, waiting: 3 } as const;

/**
 * `signalbox run GRAPH.json`: runs it here, without a server. 0 completed, 1 failed, 2 not runnable, 3 waiting for a
 * person. Events go to standard error (or, with `--json`, to standard output), the output to standard output.
 */
export async function runGraphCommand(args: readonly string[], { onReady }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      input: { type: "string" },
      "input-file": { type: "string" },
      json: { type: "boolean", default: false },
      approve: { type: "string", default: "ask" },
      data: { type: "string" },
      resume: { type: "string" },
    },
  });
  const { approve, resume, data } = values;
  const [file, ...more] = positionals;
  if (approve !== "ask" && approve !== "yes" && approve !== "no") misused("--approve is ask, yes or no.");
  if (more.length > 0 || (file === undefined) === (resume === undefined))
    misused("Name one graph, or one run to resume.");
  if (resume !== undefined && data === undefined) misused("A run is resumed from the data folder it was kept in.");

  const drawn = file === undefined ? undefined : await readGraphFile(file);
  if (drawn && "problems" in drawn) {
    for (const problem of drawn.problems) say(problemLine(file ?? "", problem));
    return 2;
  }
  const input = await readInput(values.input, values["input-file"]);
  const config = readConfig(process.env, { data });
  const engine = await openEngine(
    // a run of this command is kept where it says, or nowhere
    { ...config, databaseUrl: null },
    { onProgress: say, onError: logError, inMemory: data === undefined },
  );
  try {
    const run = drawn ? await start(engine, file ?? "", drawn.graph, input) : await known(engine, resume);
    if (run === undefined) return 2;
    onReady();
    return await watch(engine, { run, json: values.json, approve, canResume: data !== undefined });
  } finally {
    await engine.close(graceMs);
  }
}

function misused(what: string): never {
  throw new SignalboxError("configuration_invalid", `${what} ${usage}`);
}

async function readInput(inline: string | undefined, file: string | undefined): Promise<Json | undefined> {
  if (inline !== undefined && file !== undefined) misused("Give the input once.");
  const text =
    file === undefined ? inline : await readFile(file, "utf8").catch(() => misused(`${file} cannot be read.`));
  if (text === undefined) return undefined;
  const parsed = parseJson(text);
  if ("value" in parsed) return parsed.value;
  return misused(`The input is no JSON: ${parsed.problem.detail}`);
}

/** Starts the graph, or says why it cannot run. */
async function start(engine: Engine, file: string, graph: Graph, given: Json | undefined): Promise<string | undefined> {
  const errors = validateGraph(graph, await engine.catalogFor(engine.owner, graph)).filter(
    ({ severity }) => severity === "error",
  );
  for (const finding of errors) say(problemLine(file, finding));
  if (errors.length > 0) return undefined;
  const input = given ?? (graph.input ? {} : null);
  const [misfit] = graph.input ? validateJson(graph.input, input) : [];
  if (misfit) {
    say(`The input does not fit${misfit.path === "" ? "" : ` at ${misfit.path}`}: ${misfit.detail} (input_invalid)`);
    return undefined;
  }
  const { run } = await engine.runs.start(engine.owner, { workflow: null, version: null, graph, input });
  return run.id;
}

async function known(engine: Engine, run = ""): Promise<string> {
  await engine.runList.get(engine.owner, run);
  engine.runs.wake(run);
  return run;
}

async function watch(engine: Engine, watching: Watching & { canResume: boolean }): Promise<ExitCode> {
  const { run, canResume } = watching;
  const outcome = await followToEnd(engine, watching);
  if (outcome === "waiting") {
    say(
      canResume
        ? `The run waits for a person. Go on with: signalbox run --resume ${run} --data ${engine.config.data}`
        : "The run waits for a person, and was not kept. Use --data DIR to go on with it later, or --approve.",
    );
    return exitCodes.waiting;
  }
  const { output, error } = await engine.runList.get(engine.owner, run);
  if (outcome === "completed") print(JSON.stringify(output));
  else say(error ? `The run failed: ${error.message} (${error.code})` : "The run was cancelled.");
  return exitCodes[outcome];
}
