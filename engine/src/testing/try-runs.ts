import type { RunEvent } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import { type Clock, systemClock } from "../clock.ts";
import { createLocalDispatcher } from "../dispatch/local.ts";
import { SignalboxError } from "../errors.ts";
import type { ModelCatalog } from "../models/catalog.ts";
import type { Model } from "../models/model.ts";
import { createRuns, type Runs } from "../run/runs.ts";
import type { SignalStore } from "../store/signals.ts";
import type { RunStore } from "../store/store.ts";
import type { Tool } from "../tools/tool.ts";
import { createMemorySignals } from "./memory-signals.ts";
import { createMemoryStore } from "./memory-store.ts";

/** Runs graphs in this process on a store in memory, with models and tools that the test plays. */
export interface Trial {
  runs: Runs;
  store: RunStore;
  signals: SignalStore;
  start: (graph: Graph, input?: Json) => Promise<string>;
  /** Settles when the log holds an event that the test waits for, each asked about once; every event so far. */
  until: (run: string, holds: (event: RunEvent) => boolean) => Promise<RunEvent[]>;
  events: (run: string) => Promise<RunEvent[]>;
}

export interface TrialParts {
  store?: RunStore;
  clock?: Clock;
  model?: Model;
  tools?: readonly Tool[];
  /** Other workflows by key, for subflows. */
  workflows?: { [key: string]: Graph };
  /** Ids of runs: 1, 2 … unless the store holds those of other trials too. */
  newId?: () => string;
}

export function tryRuns({
  store = createMemoryStore(),
  clock = systemClock,
  model,
  tools = [],
  workflows = {},
  newId = counting(),
}: TrialParts = {}): Trial {
  const listeners = new Set<() => void>();
  const models: ModelCatalog = {
    resolve: (reference) => {
      if (!model) throw new Error(`This test plays no model, and the graph asks ${reference}.`);
      return { connection: "played", modelId: reference, model };
    },
    costUsd: () => 0,
  };
  const signals = createMemorySignals(store.addToInbox);
  const runs = createRuns({
    store,
    signals,
    credentials: {
      open: async (_space, id) => {
        throw new SignalboxError("credential_unknown", `This test keeps no credential ${id}.`);
      },
    },
    findWorkflow: async (_context, { workflow: key, version }) => {
      const graph = workflows[key];
      if (!graph) throw new SignalboxError("workflow_unknown", `There is no workflow "${key}".`);
      return { id: `wf_${key}`, key, version: version ?? 1, graph };
    },
    dispatcher: createLocalDispatcher(clock, (error) => {
      throw error;
    }),
    clock,
    chance: () => 0.5,
    engine: "trial",
    models,
    tools: new Map(tools.map((tool) => [tool.name, tool])),
    stream: () => {},
    newId,
    publish: () => {
      for (const ring of [...listeners]) ring();
    },
    onError: (error) => {
      throw error;
    },
  });
  const read = async (run: string, after: number) =>
    (await store.readEvents(run, after, 1_000_000)).map(({ body }) => JSON.parse(body) as RunEvent);

  /** Looks at each event once, so that watching a long run costs no more than its length. */
  async function until(run: string, holds: (event: RunEvent) => boolean): Promise<RunEvent[]> {
    const all: RunEvent[] = [];
    for (;;) {
      const news = Promise.withResolvers<void>();
      listeners.add(news.resolve);
      const fresh = await read(run, all.length);
      for (const event of fresh) all.push(event);
      if (fresh.some(holds)) {
        listeners.delete(news.resolve);
        return all;
      }
      await news.promise;
      listeners.delete(news.resolve);
    }
  }

  return {
    runs,
    store,
    signals,
    events: (run) => read(run, 0),
    start: async (graph, input = null) => {
      const { run } = await runs.start(
        { space: "test", actor: "tester" },
        { workflow: null, version: null, graph, input },
      );
      return run.id;
    },
    until,
  };
}

function counting(): () => string {
  let ids = 0;
  return () => {
    ids += 1;
    return `${ids}`;
  };
}
