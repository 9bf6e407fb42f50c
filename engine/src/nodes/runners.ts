import type { NodeOf, NodeTypeName } from "@signalbox/shared/nodes";
import { runAgent } from "./agent/run.ts";
import { runApproval } from "./approval/run.ts";
import { decideByModel } from "./branch/decide-by-model.ts";
import { runBranch } from "./branch/run.ts";
import { runEnd } from "./end/run.ts";
import { runLoop } from "./loop/run.ts";
import { runParallel } from "./parallel/run.ts";
import type { Runner } from "./runner.ts";
import { runSet } from "./set/run.ts";
import { runStart } from "./start/run.ts";
import { runSubflow } from "./subflow/run.ts";
import { runTool } from "./tool/run.ts";
import { runWait } from "./wait/run.ts";

/** Types that hold no work of their own or are refused by the validator before a run. */
type NotRun = "note";

/** Where one type runs in several ways, its data says which. */
type Choice<Type extends NodeTypeName> = Runner<Type> | ((node: NodeOf<Type>) => Runner<Type>);

/** A runnable type in shared without a runner here does not compile. */
const runners: { [Type in Exclude<NodeTypeName, NotRun>]: Choice<Type> } = {
  start: runStart,
  end: runEnd,
  agent: runAgent,
  tool: runTool,
  branch: ({ data: { decide } }) => (decide === "model" ? decideByModel : runBranch),
  parallel: runParallel,
  loop: runLoop,
  approval: runApproval,
  set: runSet,
  wait: runWait,
  subflow: runSubflow,
};

/** The runner of a node's type; the node is given to it as the type it was found by. */
export function runnerOf(node: NodeOf<NodeTypeName>): Runner<NodeTypeName> | undefined {
  // each type is paired with its own runner above; the compiler cannot follow a key through a union
  const choice = (runners as Partial<Record<NodeTypeName, unknown>>)[node.type] as Choice<NodeTypeName> | undefined;
  return typeof choice === "function" ? choice(node) : choice;
}
