import { useDocument } from "../document/store.ts";
import { lookFor } from "../nodes/cards.ts";

/** Goes to what a node runs, where that is a drawing of its own; answers whether it is. */
export function openNode(id: string): boolean {
  const node = useDocument.getState().graph.nodes.find((one) => one.id === id);
  const open = node && lookFor(node.type).open;
  if (!node || !open) return false;
  // each look reads its own data
  void open(id, node.data as never);
  return true;
}
