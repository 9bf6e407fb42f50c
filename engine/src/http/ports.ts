import type { Graph } from "@signalbox/shared/graph";
import type { Run } from "@signalbox/shared/run";
import type { Catalog } from "@signalbox/shared/validation";
import type { Welcome } from "../auth/welcome.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { ModelConnection } from "../models/index.ts";
import type { Runs } from "../run/runs.ts";
import type { ApprovalStore } from "../store/approvals.ts";
import type { CredentialStore } from "../store/credentials.ts";
import type { People } from "../store/people.ts";
import type { QuestionStore } from "../store/questions.ts";
import type { RunList } from "../store/run-list.ts";
import type { SignalStore } from "../store/signals.ts";
import type { RunStore, SpaceContext } from "../store/store.ts";
import type { WorkflowStore } from "../store/workflows.ts";
import type { Hub } from "../stream/hub.ts";
import type { Template } from "../templates/templates.ts";
import type { Tool } from "../tools/tool.ts";

/** Everything that the outside of the engine is made of. */
export interface AppParts {
  config: Config;
  clock: Clock;
  welcome: Welcome;
  people: People;
  workflows: WorkflowStore;
  approvals: ApprovalStore;
  credentials: CredentialStore;
  questions: QuestionStore;
  runList: RunList;
  runStore: RunStore;
  runs: Runs;
  signals: SignalStore;
  hub: Hub;
  tools: ReadonlyMap<string, Tool>;
  connections: readonly ModelConnection[];
  templates: readonly Template[];
  /** What a graph may name outside itself, of a space's workflows those that it does name. */
  catalogFor: (context: SpaceContext, graph: Graph) => Promise<Catalog>;
  /** A run folded from its log, up to an event or to its end. */
  foldedRun: (context: SpaceContext, run: string, at?: number) => Promise<Run>;
  /** Where the built editor lies; null in tests that do not need it. */
  editorFolder: string | null;
  /** Whether the database answers. */
  isReady: () => Promise<boolean>;
  onError: (error: unknown) => void;
}
