import { parseArgs } from "node:util";
import { readConfig } from "./config.ts";
import { SignalboxError } from "./errors.ts";
import { type Served, serve } from "./serve.ts";

const graceMs = 10_000;
let served: Served | undefined;
let stopping = false;

// before anything is opened: opening takes seconds, and a signal in that time must not cut it off midway
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());

await main().catch((error: unknown) => {
  const sentence = error instanceof SignalboxError ? error.message : "Signalbox could not start; this is a bug.";
  const code = error instanceof SignalboxError ? ` (${error.code})` : "";
  say(`${sentence}${code}`);
  if (!(error instanceof SignalboxError)) logError(error);
  process.exit(1);
});

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: "string" },
      host: { type: "string" },
      data: { type: "string" },
      "database-url": { type: "string" },
    },
  });
  const [command = "serve"] = positionals;
  if (command !== "serve") {
    throw new SignalboxError("configuration_invalid", `There is no command "${command}". There is: serve.`);
  }
  const config = readConfig(process.env, values);
  say(
    config.databaseUrl === null ? `Opening the data folder ${config.data} …` : "Opening the database of DATABASE_URL …",
  );
  served = await serve(config, { onProgress: say, onError: logError });
  if (stopping) return await stop();
  process.stdout.write(`Signalbox is ready: ${served.welcomeUrl()}\n`);
}

async function stop(): Promise<void> {
  if (stopping && served === undefined) return;
  const first = !stopping;
  stopping = true;
  if (!served) return;
  if (first) say("Stopping: work in flight may end, everything else goes on at the next start.");
  const closing = served;
  served = undefined;
  await closing.stop(graceMs);
  process.exit(0);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function logError(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
