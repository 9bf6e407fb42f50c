import type { EventOf, RunEvent } from "../events/index.ts";
import { changeActivation, putActivation } from "./settle.ts";
import type { Activation, Run, ToolRun, Usage } from "./state.ts";

type CallEvent = Extract<RunEvent, { type: `model.${string}` | `tool.${string}` | `budget.${string}` }>;

/** Calls of models and tools within an activation. */
export function reduceCall(run: Run, event: CallEvent): void {
  const activation = run.activations.get(event.activation);
  if (!activation) return;
  switch (event.type) {
    case "model.called": {
      const { call, attempt, connection, model, at } = event;
      // one cut off by a crash is made again: the new intent takes the place of the old
      const before = activation.models.filter((known) => known.call !== call);
      const models = [...before, { call, attempt, connection, model, startedAt: at }];
      putActivation(run, { ...activation, models });
      return;
    }
    case "model.responded":
      responded(run, activation, event);
      return;
    case "tool.called": {
      const { call, key, tool, arguments: args, at } = event;
      const before = activation.tools.filter((known) => known.call !== call);
      const next: ToolRun = { call, key, tool, arguments: args, startedAt: at };
      putActivation(run, { ...activation, tools: [...before, next] });
      return;
    }
    case "tool.returned": {
      const { call, result, error, at } = event;
      const outcome = error ? { error } : { result: result ?? null };
      const tools = activation.tools.map((known) =>
        known.call === call ? { ...known, endedAt: at, ...outcome } : known,
      );
      putActivation(run, { ...activation, tools });
      return;
    }
    case "tool.refused": {
      const { call, tool, reason, at } = event;
      const error = { code: "tool_refused", message: reason };
      const refused: ToolRun = { call, key: "", tool, arguments: null, startedAt: at, endedAt: at, error };
      putActivation(run, { ...activation, tools: [...activation.tools, refused] });
      return;
    }
    case "budget.exceeded": {
      const message = `The budget of ${event.limit} for ${event.budget} is used up.`;
      changeActivation(run, event.activation, { lastError: { code: "budget_exceeded", message } });
      return;
    }
  }
}

function responded(run: Run, activation: Activation, event: EventOf<"model.responded">): void {
  const models = activation.models.map((known) => (known.call === event.call ? { ...known, response: event } : known));
  const usage = added(activation.usage, event);
  putActivation(run, { ...activation, models, usage });
  run.usage = added(run.usage, event);
}

function added(usage: Usage, { usage: { inputTokens, outputTokens }, costUsd }: EventOf<"model.responded">): Usage {
  return {
    inputTokens: usage.inputTokens + inputTokens,
    outputTokens: usage.outputTokens + outputTokens,
    costUsd: usage.costUsd === null || costUsd === null ? null : usage.costUsd + costUsd,
  };
}
