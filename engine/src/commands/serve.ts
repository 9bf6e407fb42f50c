import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { type Served, serve } from "../serve.ts";
import type { CommandContext, ExitCode } from "./context.ts";
import { logError, print, say } from "./terminal.ts";

const graceMs = 10_000;

/** `signalbox serve`: the engine and the editor, until it is told to stop. */
export async function serveCommand(args: readonly string[], { onReady }: CommandContext): Promise<ExitCode> {
  // before anything is opened: opening takes seconds, and a signal in that time must not cut it off midway
  const stopAsked = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopAsked.resolve());
  let isStopAsked = false;
  void stopAsked.promise.then(() => {
    isStopAsked = true;
  });

  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string" },
      host: { type: "string" },
      data: { type: "string" },
      "database-url": { type: "string" },
    },
  });
  const config = readConfig(process.env, values);
  say(
    config.databaseUrl === null ? `Opening the data folder ${config.data} …` : "Opening the database of DATABASE_URL …",
  );
  const served = await serve(config, { onProgress: say, onError: logError });
  if (!isStopAsked) {
    print(`Signalbox is ready: ${served.welcomeUrl()}`);
    onReady();
  }
  await stopAsked.promise;
  return await stop(served);
}

async function stop(served: Served): Promise<ExitCode> {
  say("Stopping: work in flight may end, everything else goes on at the next start.");
  await served.stop(graceMs);
  // connections of others that linger must not keep the process
  process.exit(0);
}
