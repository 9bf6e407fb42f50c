import { randomBytes } from "node:crypto";
import type { Graph } from "@signalbox/shared/graph";
import type { Catalog } from "@signalbox/shared/validation";
import { sql } from "kysely";
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { readMasterKey } from "./credentials/key-file.ts";
import { masterKey } from "./credentials/seal.ts";
import { createLocalDispatcher } from "./dispatch/local.ts";
import { createEgress, parseAllowances } from "./egress/egress.ts";
import type { AppParts } from "./http/ports.ts";
import { createModelCatalog, modelConnections } from "./models/index.ts";
import { newId } from "./new-id.ts";
import { refuseFindings } from "./refuse-findings.ts";
import { createRuns, readRun } from "./run/runs.ts";
import { createSandbox } from "./sandbox/sandbox.ts";
import { catalogFor } from "./space-catalog.ts";
import { createApprovalStore } from "./store/approvals.ts";
import { createCredentialStore, refuseOtherKey } from "./store/credentials.ts";
import { openDatabase } from "./store/database/open.ts";
import { createPeople, type Decider } from "./store/people.ts";
import { createQuestionStore } from "./store/questions.ts";
import { createRunList } from "./store/run-list.ts";
import { createRunStore } from "./store/run-store.ts";
import { createSignalStore } from "./store/signals.ts";
import type { SpaceContext } from "./store/store.ts";
import { createWorkflowStore } from "./store/workflows.ts";
import { createHub } from "./stream/hub.ts";
import { templates } from "./templates/templates.ts";
import { createTools } from "./tools/tools.ts";

export interface EngineOptions {
  onProgress: (sentence: string) => void;
  onError: (error: unknown) => void;
  /** Between two pieces of the simulated model's text. */
  simulatedPauseMs?: number;
  /** Keeps everything in memory, for a run that nobody will come back to. */
  inMemory?: boolean;
}

/** Everything but the way people reach it. */
export interface Engine extends Omit<AppParts, "welcome" | "editorFolder"> {
  /** The first space, and who owns it. */
  owner: Decider;
  /** Lets work in flight end for a while, then lets go of every run and closes what is open. */
  close: (graceMs: number) => Promise<void>;
}

/** Opens the database and puts the parts together; nothing runs yet. */
export async function openEngine(
  config: Config,
  { onProgress, onError, simulatedPauseMs, inMemory }: EngineOptions,
): Promise<Engine> {
  const clock = systemClock;
  const folder = inMemory ? ({ memory: true } as const) : { folder: config.data };
  const place = config.databaseUrl === null ? folder : { url: config.databaseUrl };
  const { environment } = config;
  const egress = createEgress({
    allow: parseAllowances(config.egressAllow),
    modelOrigins: [environment.OPENAI_BASE_URL, environment.ANTHROPIC_BASE_URL].filter((url) => url !== undefined),
    denyPorts: [config.port],
  });
  const sandbox = createSandbox({});
  const tools = createTools({ egress, sandbox, clock });
  const connections = modelConnections(environment, {
    fetch: egress.modelFetch,
    pause,
    ...(simulatedPauseMs === undefined ? {} : { pauseMs: simulatedPauseMs }),
  });
  const database = await openDatabase(place, onProgress);
  const { db } = database;
  const hub = createHub(clock);
  const runStore = createRunStore(db, { clock, newId });
  const key = inMemory ? masterKey(randomBytes(32).toString("hex")) : await readMasterKey(environment);
  await refuseOtherKey(db, key);
  const credentials = createCredentialStore(db, key, { clock, newId });
  const signals = createSignalStore(db, { clock, newId });
  const workflows = createWorkflowStore(db, { clock, newId });
  const catalog: Catalog = { tools, connections: connections.map(({ name }) => name) };
  const catalogOf = (context: SpaceContext, graph: Graph) =>
    catalogFor(graph, catalog, { workflows, credentials }, context);
  const people = createPeople(db, { clock, newId });
  const runs = createRuns({
    store: runStore,
    signals,
    credentials,
    findWorkflow: async (context, { workflow: key, version }) => {
      const found = await workflows.find(context, key, version);
      refuseFindings(found.graph, await catalogOf(context, found.graph), "run");
      return found;
    },
    dispatcher: createLocalDispatcher(clock, onError),
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
  return {
    config,
    clock,
    people,
    workflows,
    signals,
    credentials,
    approvals: createApprovalStore(db, { clock, newId }),
    questions: createQuestionStore(db, { clock, newId }),
    runList: createRunList(db),
    runStore,
    runs,
    hub,
    tools,
    connections,
    templates,
    catalogFor: catalogOf,
    owner: await people.ensureOwner(config.ownerToken),
    foldedRun: ({ space }, run, at) => readRun(runStore, run, space, at),
    isReady: () =>
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
    onError,
    close: async (graceMs) => {
      await runs.stop(graceMs);
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
