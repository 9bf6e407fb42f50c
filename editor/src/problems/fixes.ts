import { applyFix } from "@signalbox/shared/fixes";
import type { Finding } from "@signalbox/shared/validation";
import { useDocument } from "../document/store.ts";

/** Something that ends a finding, and what its button says. */
export interface OfferedFix {
  label: string;
  apply: () => void;
}

/** The obvious way out of a finding, where it has one: one step that can be undone. */
export function fixFor({ fix }: Pick<Finding, "fix">): OfferedFix | undefined {
  if (!fix) return undefined;
  const { change } = useDocument.getState();
  return { label: fix.title, apply: () => change(fix.title, (graph) => applyFix(graph, fix)) };
}
