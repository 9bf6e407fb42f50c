import type { Graph } from "@signalbox/shared/graph";
import type { JsonSchema } from "@signalbox/shared/json";
import type { Catalog, WorkflowFacts } from "@signalbox/shared/validation";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../api/client.ts";
import { useDocument } from "../document/store.ts";

/** The workflows of the space, and what those take that the drawing runs; undefined until the engine has said. */
export function useWorkflowFacts(): Catalog["workflows"] {
  const list = useQuery({ queryKey: ["workflows"], queryFn: api.workflows.list }).data;
  const graph = useDocument((state) => state.graph);
  // the same text while the same workflows are named, however else the drawing changes
  const named = JSON.stringify(workflowsIn(graph));
  const wanted = useMemo(() => {
    const known = new Map(list?.items.map((item) => [item.key, item]));
    return (JSON.parse(named) as [string, number | null][]).flatMap(([key, version]) => {
      const item = known.get(key);
      return item ? [{ key, id: item.id, version, runs: version ?? item.publishedVersion }] : [];
    });
  }, [list, named]);
  const inputs = useQueries({
    queries: wanted.map(({ id, runs }) => ({
      queryKey: ["workflow-input", id, runs],
      queryFn: () => api.workflows.input(id, runs),
      // a version never changes
      staleTime: runs === null ? 10_000 : Number.POSITIVE_INFINITY,
      retry: false,
    })),
    combine: (results) => results.map(({ data }) => data),
  });
  return useMemo(() => {
    // where not all are listed, one that is not may well be there
    if (!list || list.next !== null) return undefined;
    return new Map(
      list.items.map(({ key, publishedVersion }): [string, WorkflowFacts] => {
        const known = wanted.flatMap((one, index): [number | "current", JsonSchema | null][] => {
          const input = inputs[index];
          return one.key === key && input !== undefined ? [[one.version ?? "current", input]] : [];
        });
        return [key, { publishedVersion, inputs: new Map(known) }];
      }),
    );
  }, [list, wanted, inputs]);
}

/** Each workflow and version that is run by a node, once and in one order. */
function workflowsIn({ nodes }: Graph): readonly (readonly [string, number | null])[] {
  const named = new Set<string>();
  for (const { data } of nodes) {
    if ("workflow" in data && data.workflow) named.add(JSON.stringify([data.workflow, data.version ?? null]));
  }
  return [...named].sort().map((one) => JSON.parse(one) as [string, number | null]);
}
