import { factsOf, type NodeTypeName } from "@signalbox/shared/nodes";
import { toast } from "../ui/toast.tsx";
import { type Where, withNew, withoutJoined, withSplice } from "./arrange.ts";
import { placesOf } from "./geometry.ts";
import { shownNow } from "./shown.ts";
import { useDocument } from "./store.ts";

/** Puts a new step on the canvas and selects it; gives back its id, or nothing when it cannot be there. */
export function addStep(type: NodeTypeName, where: Where): string | undefined {
  const { graph, readOnly, change, select } = useDocument.getState();
  if (readOnly) return undefined;
  const { role, title } = factsOf(type);
  const first = role === "entry" ? graph.nodes.find((node) => node.type === type) : undefined;
  if (first) {
    select([first.id]);
    toast(`This workflow has its ${title} already.`);
    return undefined;
  }
  const made = withNew(graph, type, where, placesOf(shownNow()));
  if (!made) return undefined;
  change(`Add ${title}`, () => made.graph);
  select([made.id]);
  return made.id;
}

/** Takes a step that is free of edges into an edge. Answers whether it fits. */
export function spliceStep(node: string, edge: string, group?: string): boolean {
  const { graph, change } = useDocument.getState();
  const spliced = withSplice(graph, node, edge);
  if (spliced) change("Insert", () => spliced, group === undefined ? {} : { group });
  return spliced !== undefined;
}

/** Takes steps away and joins what led into them to what they led to. */
export function removeJoined(ids: readonly string[]): void {
  useDocument.getState().change("Delete and join", (graph) => withoutJoined(graph, ids));
}
