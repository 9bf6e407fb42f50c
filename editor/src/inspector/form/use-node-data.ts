import type { Json } from "@signalbox/shared/json";
import { useDocument } from "../../document/store.ts";

const none: Readonly<Record<string, Json | undefined>> = {};

/** A node's data as fields by name, for editors that depend on another field. */
export function useNodeData(nodeId: string): Readonly<Record<string, Json | undefined>> {
  // every field of a node's data is JSON
  return useDocument(({ graph }) => graph.nodes.find(({ id }) => id === nodeId)?.data as typeof none) ?? none;
}
