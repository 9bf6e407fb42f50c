import type { Graph } from "@signalbox/shared/graph";
import type { JsonSchema } from "@signalbox/shared/json";
import type { Catalog, WorkflowFacts } from "@signalbox/shared/validation";
import { SignalboxError } from "./errors.ts";
import type { CredentialStore } from "./store/credentials.ts";
import type { SpaceContext } from "./store/store.ts";
import type { WorkflowStore } from "./store/workflows.ts";

type Workflows = Pick<WorkflowStore, "find" | "list">;
type Credentials = Pick<CredentialStore, "ids">;

/** Names that an unknown one is compared with. */
const mostNames = 500;

/** The catalog with what a space holds, as far as a graph names any of it: the rest is not looked at. */
export async function catalogFor(
  graph: Graph,
  catalog: Catalog,
  { workflows, credentials }: { workflows: Workflows; credentials: Credentials },
  context: SpaceContext,
): Promise<Catalog> {
  const named = workflowsIn(graph);
  const namesCredential = graph.nodes.some(({ data }) => "credential" in data && data.credential);
  return {
    ...catalog,
    ...(namesCredential ? { credentials: await credentials.ids(context.space) } : {}),
    ...(named.size > 0 ? { workflows: await workflowFacts(named, workflows, context) } : {}),
  };
}

async function workflowFacts(
  named: ReadonlyMap<string, ReadonlySet<number>>,
  workflows: Workflows,
  context: SpaceContext,
): Promise<ReadonlyMap<string, WorkflowFacts>> {
  const known = new Map<string, WorkflowFacts>();
  for (const [key, versions] of named) {
    const facts = await factsOf(key, versions, workflows, context);
    if (facts) known.set(key, facts);
  }
  if (known.size === named.size) return known;
  // what one that there is not was meant to be
  const { items } = await workflows.list(context, { limit: mostNames });
  const all = items.map(({ key, publishedVersion }): [string, WorkflowFacts] => [key, { publishedVersion }]);
  return new Map([...all, ...known]);
}

/** By key, the versions that are asked for. */
function workflowsIn({ nodes }: Graph): Map<string, Set<number>> {
  const named = new Map<string, Set<number>>();
  for (const { data } of nodes) {
    if (!("workflow" in data) || !data.workflow) continue;
    const versions = named.get(data.workflow) ?? new Set();
    named.set(data.workflow, data.version === undefined ? versions : versions.add(data.version));
  }
  return named;
}

async function factsOf(
  key: string,
  versions: ReadonlySet<number>,
  workflows: Workflows,
  context: SpaceContext,
): Promise<WorkflowFacts | undefined> {
  const find = (version: number | undefined) =>
    workflows.find(context, key, version).catch((error: unknown) => {
      if (error instanceof SignalboxError && error.code === "workflow_unknown") return undefined;
      throw error;
    });
  const current = await find(undefined);
  if (!current) return undefined;
  const inputs = new Map<number | "current", JsonSchema | null>([["current", current.graph.input ?? null]]);
  for (const version of versions) {
    const found = await find(version);
    if (found) inputs.set(version, found.graph.input ?? null);
  }
  return { publishedVersion: typeof current.version === "number" ? current.version : null, inputs };
}
