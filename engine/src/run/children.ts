import type { Run } from "@signalbox/shared/run";
import { SignalboxError } from "../errors.ts";
import type { Children, FoundWorkflow } from "../nodes/runner.ts";
import type { SpaceContext } from "../store/store.ts";
import type { StartRun } from "./start-run.ts";

const deepest = 16;

export interface ChildrenParts {
  findWorkflow: (context: SpaceContext, wanted: Parameters<Children["find"]>[0]) => Promise<FoundWorkflow>;
  start: (context: SpaceContext, run: StartRun) => Promise<unknown>;
}

/** The runs that this run makes, as its nodes see them. */
export function childrenOf(run: Run, space: string, { findWorkflow, start }: ChildrenParts): Children {
  // whoever started this run also answers for what it starts
  const context = { space, actor: run.by ?? run.id };
  return {
    find: (wanted) => findWorkflow(context, wanted),
    start: async ({ id: workflow, key, version, graph }, { id, activation, input }) => {
      const depth = run.depth + 1;
      if (depth > deepest) {
        const detail = `${key} would be the run of a run more than ${deepest} deep. Does it call itself without end?`;
        throw new SignalboxError("subflow_too_deep", detail, { retryable: false });
      }
      const parent = { run: run.id, activation, root: run.root ?? run.id, depth };
      await start(context, { id, workflow, version, graph, input, parent, idempotencyKey: `child:${id}` });
    },
  };
}
