import { fileURLToPath } from "node:url";
import type { Catalog } from "@signalbox/shared/validation";
import { sql } from "kysely";
import { createApp } from "./app.ts";
import { createWelcome } from "./auth/welcome.ts";
import { systemClock } from "./clock.ts";
import { type Config, isLoopback } from "./config.ts";
import { createEgress, parseAllowances } from "./egress/egress.ts";
import { createModelCatalog, modelConnections } from "./models/index.ts";
import { newId } from "./new-id.ts";
import { createRuns, readRun } from "./run/runs.ts";
import { createSandbox } from "./sandbox/sandbox.ts";
import { createApprovalStore } from "./store/approvals.ts";
import { openDatabase } from "./store/database/open.ts";
import { createPeople } from "./store/people.ts";
import { createRunList } from "./store/run-list.ts";
import { createRunStore } from "./store/run-store.ts";
import { createWorkflowStore } from "./store/workflows.ts";
import { createHub } from "./stream/hub.ts";
import { templates } from "./templates/templates.ts";
import { createTools } from "./tools/tools.ts";

export interface Served {
  /** Where it listens, as http://127.0.0.1:4400. */
  address: string;
  /** A link that signs in whoever opens it, once. */
  welcomeUrl: () => string;
  /** Lets work in flight end for a while, then lets go of every run. */
  stop: (graceMs: number) => Promise<void>;
}

export interface ServeOptions {
  onProgress: (sentence: string) => void;
  onError: (error: unknown) => void;
  /** Between two pieces of the simulated model's text. */
  simulatedPauseMs?: number;
  /** Keeps everything in memory, for a run that nobody will come back to. */
  inMemory?: boolean;
}

const editorFolder = fileURLToPath(new URL("../../editor/dist", import.meta.url));

/** Opens all parts, goes on with what was running, and listens. */
export async function serve(
  config: Config,
  { onProgress, onError, simulatedPauseMs, inMemory }: ServeOptions,
): Promise<Served> {
  const clock = systemClock;
  const folder = inMemory ? ({ memory: true } as const) : { folder: config.data };
  const place = config.databaseUrl === null ? folder : { url: config.databaseUrl };
  const database = await openDatabase(place, onProgress);
  const { db } = database;
  const { environment } = config;
  const egress = createEgress({
    allow: parseAllowances(config.egressAllow),
    modelOrigins: [environment.OPENAI_BASE_URL, environment.ANTHROPIC_BASE_URL].filter((url) => url !== undefined),
    denyPorts: [config.port],
  });
  const sandbox = createSandbox({});
  const tools = createTools({ egress, sandbox });
  const connections = modelConnections(environment, {
    fetch: egress.modelFetch,
    pause,
    ...(simulatedPauseMs === undefined ? {} : { pauseMs: simulatedPauseMs }),
  });
  const hub = createHub(clock);
  const runStore = createRunStore(db, { clock, newId });
  const runList = createRunList(db);
  const people = createPeople(db, { clock, newId });
  const welcome = createWelcome(clock);
  const runs = createRuns({
    store: runStore,
    clock,
    chance: Math.random,
    engine: `engine_${newId()}`,
    models: createModelCatalog(connections),
    tools,
    stream: hub.stream,
    newId,
    publish: hub.publish,
    onError,
  });
  const catalog: Catalog = { tools, connections: connections.map(({ name }) => name) };
  await people.ensureOwner(config.ownerToken);
  const app = await createApp({
    config,
    clock,
    welcome,
    people,
    workflows: createWorkflowStore(db, { clock, newId }),
    approvals: createApprovalStore(db, { clock, newId }),
    runList,
    runStore,
    runs,
    hub,
    tools,
    connections,
    templates,
    catalog,
    foldedRun: ({ space }, run, at) => readRun(runStore, run, space, at),
    editorFolder,
    isReady: () =>
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
    onError,
  });
  const address = await app.listen({ host: config.host, port: config.port });
  const resumed = await runs.resumeAll();
  if (resumed > 0) onProgress(`Going on with ${resumed} unfinished ${resumed === 1 ? "run" : "runs"}.`);
  return {
    address,
    welcomeUrl: () =>
      `${config.publicUrl?.origin ?? address}/${isLoopback(config) ? `#welcome=${welcome.issue()}` : ""}`,
    stop: async (graceMs) => {
      // requests that wait for a run are answered by its letting go, so both close at once
      await Promise.all([app.close(), runs.stop(graceMs)]);
      await Promise.all([sandbox.close(), egress.close()]);
      await database.close();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const callOff = systemClock.alarm(systemClock.now() + ms, finish);
    function finish() {
      signal.removeEventListener("abort", stop);
      done();
    }
    function stop() {
      callOff();
      done();
    }
    signal.addEventListener("abort", stop, { once: true });
  });
}
