import { lazy, Suspense } from "react";
import { useRunOpen } from "../run/hooks.ts";

// only a run has passes
const LoopTab = lazy(() => import("./loop-tab.tsx").then((part) => ({ default: part.LoopTab })));

/** On the node that a loop of edges begins with, while there is a run: which pass of it is looked at. */
export function LoopMark({ id, name, isHeader }: { id: string; name: string; isHeader: boolean }) {
  const open = useRunOpen();
  if (!isHeader || !open) return null;
  return (
    <Suspense>
      <LoopTab id={id} name={name} />
    </Suspense>
  );
}
