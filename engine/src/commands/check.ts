import { parseArgs } from "node:util";
import { validateGraph } from "@signalbox/shared/validation";
import { systemClock } from "../clock.ts";
import { createEgress } from "../egress/egress.ts";
import { SignalboxError } from "../errors.ts";
import { createSandbox } from "../sandbox/sandbox.ts";
import { createTools } from "../tools/tools.ts";
import type { ExitCode } from "./context.ts";
import { problemLine, readGraphFile } from "./read-graph.ts";
import { print } from "./terminal.ts";

/** `signalbox check GRAPH.json`: one line per finding. 0 where there is none, 1 with findings, 2 for what is no graph. */
export async function checkCommand(args: readonly string[]): Promise<ExitCode> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new SignalboxError("configuration_invalid", "Name one file to check: signalbox check GRAPH.json.");
  }
  const read = await readGraphFile(file);
  if ("problems" in read) {
    for (const problem of read.problems) print(problemLine(file, problem));
    return 2;
  }
  // which models are set up is a matter of the machine that runs it, not of the file
  const findings = validateGraph(read.graph, { tools: await toolFacts() });
  for (const finding of findings) print(problemLine(file, finding));
  return findings.length > 0 ? 1 : 0;
}

/** The tools as they describe themselves; none is called. */
async function toolFacts() {
  const [egress, sandbox] = [createEgress({}), createSandbox({})];
  const tools = createTools({ egress, sandbox, clock: systemClock });
  await Promise.all([egress.close(), sandbox.close()]);
  return tools;
}
