import type { RunEvent } from "../events/index.ts";
import { changeActivation } from "./settle.ts";
import type { ChildRun, Run } from "./state.ts";

type SubflowEvent = Extract<RunEvent, { type: `subflow.${string}` }>;

/** What the run of a subflow node did. */
export function reduceSubflow(run: Run, event: SubflowEvent): void {
  const { activation } = event;
  switch (event.type) {
    case "subflow.started": {
      const { child, workflow, version, attempt } = event;
      changeActivation(run, activation, { child: { run: child, workflow, version, attempt, status: "running" } });
      return;
    }
    case "subflow.waiting":
      changeChild(run, event, { status: "waiting" });
      changeActivation(run, activation, { status: "waiting" });
      return;
    case "subflow.resumed":
      changeChild(run, event, { status: "running" });
      changeActivation(run, activation, { status: "running" });
      return;
    case "subflow.ended": {
      const { status, output, error } = event;
      changeChild(run, event, {
        status,
        ...(output === undefined ? {} : { output }),
        ...(error === undefined ? {} : { error }),
      });
      changeActivation(run, activation, { status: "running" });
      return;
    }
  }
}

function changeChild(
  run: Run,
  { activation, child }: { activation: string; child: string },
  change: Partial<ChildRun>,
) {
  const before = run.activations.get(activation)?.child;
  if (before?.run === child) changeActivation(run, activation, { child: { ...before, ...change } });
}
