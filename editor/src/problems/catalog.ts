import type { ModelConnectionFacts, ToolFacts } from "@signalbox/shared/api";
import type { Catalog } from "@signalbox/shared/validation";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { api } from "../api/client.ts";
import { useDocument } from "../document/store.ts";
import { startChecking } from "./store.ts";
import { useWorkflowFacts } from "./workflow-facts.ts";

/** As many as are asked for at once. */
const mostListed = 500;
const noTools: readonly ToolFacts[] = [];
const noConnections: readonly ModelConnectionFacts[] = [];

/** Every tool that the engine has; empty until it has said so. */
export function useTools(): readonly ToolFacts[] {
  return useQuery({ queryKey: ["tools"], queryFn: api.tools }).data ?? noTools;
}

/** Every connection to models that the engine has. */
export function useConnections(): readonly ModelConnectionFacts[] {
  return useQuery({ queryKey: ["connections"], queryFn: api.connections }).data ?? noConnections;
}

/** What a graph may name outside itself. What the engine has not said yet is not checked. */
export function useCatalog(): Catalog {
  const tools = useTools();
  const connections = useConnections();
  return useMemo(
    () => ({
      ...(tools === noTools ? {} : { tools: new Map(tools.map((tool) => [tool.name, tool])) }),
      ...(connections === noConnections ? {} : { connections: connections.map(({ name }) => name) }),
    }),
    [tools, connections],
  );
}

/** Ids of the stored credentials, once the drawing names any; undefined while they are not known, or not all of them. */
function useCredentialIds(): readonly string[] | undefined {
  const isNamed = useDocument(({ graph }) => graph.nodes.some(({ data }) => "credential" in data && data.credential));
  const { data } = useQuery({ queryKey: ["credentials"], queryFn: api.credentials.list, enabled: isNamed });
  return useMemo(() => (data && data.length < mostListed ? data.map(({ id }) => id) : undefined), [data]);
}

/** Checks the drawing while a component is on the screen. */
export function useChecking(): void {
  const catalog = useCatalog();
  const workflows = useWorkflowFacts();
  const credentials = useCredentialIds();
  useEffect(() => {
    const more = { ...(workflows ? { workflows } : {}), ...(credentials ? { credentials } : {}) };
    return startChecking({ ...catalog, ...more });
  }, [catalog, workflows, credentials]);
}
