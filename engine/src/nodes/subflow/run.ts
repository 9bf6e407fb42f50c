import { createHash } from "node:crypto";
import type { Json } from "@signalbox/shared/json";
import type { NodeOf } from "@signalbox/shared/nodes";
import type { ChildRun } from "@signalbox/shared/run";
import { SignalboxError } from "../../errors.ts";
import type { Done, Runner, WorkContext } from "../runner.ts";

export const runSubflow: Runner<"subflow"> = {
  kind: "work",
  input: ({ data }, values) => ({
    workflow: data.workflow ?? "",
    ...(data.version === undefined ? {} : { version: data.version }),
    input: values.deep(data.input ?? {}),
  }),
  work: followChild,
};

/** Makes the child once for each attempt, and waits with no hand on it: the child's end calls this again. */
async function followChild(node: NodeOf<"subflow">, context: WorkContext): Promise<Done | "delegated"> {
  const { activation, attempt, children } = context;
  const known = context.known(activation)?.child;
  const child = known?.attempt === attempt ? known : undefined;
  if (child && child.status !== "running" && child.status !== "waiting") return outcomeOf(child);
  const id = child?.run ?? childId(context);
  const { data } = node;
  const wanted = { workflow: data.workflow ?? "", version: child?.version ?? data.version };
  const found = await children.find(wanted);
  if (!child) {
    const { key: workflow, version } = found;
    await context.record([
      { type: "subflow.started", node: node.id, activation, attempt, child: id, workflow, version },
    ]);
  }
  await children.start(found, { id, activation, input: inputOf(context.input) });
  return "delegated";
}

/** The same for every engine that makes this child, so that it is made once. */
function childId({ run, activation, attempt }: WorkContext): string {
  return `run_${createHash("sha256").update(`${run}\n${activation}\n${attempt}`).digest("hex").slice(0, 32)}`;
}

function outcomeOf({ status, output, error, workflow, run }: ChildRun): Done {
  if (status === "completed") return { handles: ["out"], output: output ?? null };
  const why = status === "cancelled" ? "was cancelled" : `failed: ${error?.message ?? "no reason is known."}`;
  throw new SignalboxError(
    status === "cancelled" ? "subflow_cancelled" : "subflow_failed",
    `The run ${run} of ${workflow} ${why}`,
  );
}

function inputOf(input: Json): Json {
  return input !== null && typeof input === "object" && !Array.isArray(input) ? (input.input ?? null) : null;
}
