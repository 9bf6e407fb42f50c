import type { Catalog, Finding } from "@signalbox/shared/validation";
import { create } from "zustand";
import { useDocument } from "../document/store.ts";
import { createChecker } from "./checker.ts";
import { type FindingCounts, type Findings, findingsOf, nextFindings, noFindings } from "./group.ts";

/** Long enough that typing is not checked letter by letter, short enough to feel immediate. */
const pauseMs = 150;

const useStore = create<Findings>(() => noFindings);

/** Everything that is wrong with what is drawn: errors first. */
export function useFindings(): readonly Finding[] {
  return useStore(({ all }) => all);
}

/** What is wrong with one node. The list stays the same object while nothing about that node changes. */
export function useNodeFindings(id: string): readonly Finding[] {
  return useStore((findings) => findingsOf(findings, id));
}

/** How many errors and warnings there are. */
export function useFindingCounts(): FindingCounts {
  return useStore(({ counts }) => counts);
}

/** Checks the drawing whenever it has changed; gives back how to stop. */
export function startChecking(catalog: Catalog): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const checker = createChecker(
    () => new Worker(new URL("./check-worker.ts", import.meta.url), { type: "module" }),
    (graph, found) => {
      // of a drawing that has changed meanwhile the places in its texts are wrong: the next answer is under way
      if (useDocument.getState().graph === graph) useStore.setState(nextFindings(useStore.getState(), found), true);
    },
  );
  const check = () => {
    const { readOnly, graph } = useDocument.getState();
    if (readOnly) useStore.setState(noFindings, true);
    else checker.check(graph, catalog);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(check, pauseMs);
  };
  later();
  const unsubscribe = useDocument.subscribe((now, before) => {
    if (now.graph !== before.graph || now.readOnly !== before.readOnly) later();
  });
  return () => {
    checker.close();
    clearTimeout(timer);
    unsubscribe();
  };
}
