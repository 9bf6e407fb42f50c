import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { createApp } from "./app.ts";
import { createWelcome } from "./auth/welcome.ts";
import { type Config, isLoopback } from "./config.ts";
import { SignalboxError } from "./errors.ts";
import { type EngineOptions, openEngine } from "./open-engine.ts";

export interface Served {
  /** Where it listens, as http://127.0.0.1:4400. */
  address: string;
  /** A link that signs in whoever opens it, once. */
  welcomeUrl: () => string;
  /** Lets work in flight end for a while, then lets go of every run. */
  stop: (graceMs: number) => Promise<void>;
}

const editorFolder = fileURLToPath(new URL("../../editor/dist", import.meta.url));

/** Opens all parts, goes on with what was running, and listens. */
export async function serve(config: Config, options: EngineOptions): Promise<Served> {
  const engine = await openEngine(config, options);
  const welcome = createWelcome(engine.clock);
  const app = await createApp({ ...engine, welcome, editorFolder });
  const address = await listen(app, config);
  const resumed = await engine.runs.resumeAll();
  if (resumed > 0) options.onProgress(`Going on with ${resumed} unfinished ${resumed === 1 ? "run" : "runs"}.`);
  return {
    address,
    welcomeUrl: () =>
      `${config.publicUrl?.origin ?? address}/${isLoopback(config) ? `#welcome=${welcome.issue()}` : ""}`,
    stop: async (graceMs) => {
      // requests that wait for a run are answered by its being let go, so both close at once; the database comes last
      const closing = app.close();
      await engine.runs.stop(graceMs);
      await closing;
      await engine.close(0);
    },
  };
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE")) throw cause;
    const detail = `Something else already listens on ${host}:${port}. Stop it, or choose another port with --port or SIGNALBOX_PORT.`;
    throw new SignalboxError("port_in_use", detail, { cause });
  }
}
