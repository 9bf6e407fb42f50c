import { create } from "zustand";
import type { WireEnd } from "../document/arrange.ts";

interface Connecting {
  /** The end of the wire that is being pulled. */
  from: WireEnd | undefined;
  /** The edge whose end is being moved, if it is one that was there. */
  edge: string | undefined;
  /** Nodes at which it may end. */
  fitting: ReadonlySet<string> | undefined;
}

/** The wire that is being pulled right now. */
export const useConnecting = create<Connecting>(() => ({ from: undefined, edge: undefined, fitting: undefined }));

/** `yes` or `no` while a wire is being pulled: whether it may end at this node. */
export function useFitting(id: string): "yes" | "no" | undefined {
  return useConnecting(({ from, fitting }) => {
    if (!fitting || from?.node === id) return undefined;
    return fitting.has(id) ? "yes" : "no";
  });
}
