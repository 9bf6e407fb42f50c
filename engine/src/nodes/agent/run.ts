import type { Json, JsonObject } from "@signalbox/shared/json";
import type { DataOf, NodeOf } from "@signalbox/shared/nodes";
import { SignalboxError } from "../../errors.ts";
import type { ModelMessage } from "../../models/model.ts";
import { asText } from "../as-text.ts";
import type { Done, Runner, Values, WorkContext } from "../runner.ts";
import { judgeAnswer } from "./answer.ts";
import { createAsking, refuseCallsOverBudget } from "./ask-model.ts";
import { askPersonTool } from "./ask-person.ts";
import { offeredCalls, runCalls } from "./call-tools.ts";

const defaultMaxSteps = 20;

export const runAgent: Runner<"agent"> = {
  kind: "work",
  input: ({ data }, values) => ({
    ...instructionsOf(data, values),
    prompt: asText(values.template(data.prompt ?? "")),
  }),
  callable: {
    offer: ({ id, data }) => ({
      description:
        data.comment ?? `Asks ${data.label ?? id}, a specialist: give the task in full, as it sees nothing else.`,
      input: {
        type: "object",
        properties: { task: { type: "string", description: "What to do, with everything needed to do it." } },
        required: ["task"],
        additionalProperties: false,
      },
    }),
    input: ({ data }, values, { task = "" }) => ({ ...instructionsOf(data, values), prompt: asText(task) }),
  },
  work: converse,
};

function instructionsOf(data: DataOf<"agent">, values: Values): JsonObject {
  return data.instructions === undefined ? {} : { instructions: asText(values.template(data.instructions)) };
}

/**
 * The agent's loop: ask the model, do the calls it wants, give it the results, until it answers. Calls whose result is
 * in the log are not made again: the loop walks through them and goes on where they end.
 */
async function converse(node: NodeOf<"agent">, context: WorkContext): Promise<Done | "suspended"> {
  const { data } = node;
  const offered = offeredCalls(node.id, context);
  const { instructions, prompt } = readInput(context.input);
  const messages: ModelMessage[] = [{ role: "user", text: prompt }];
  const offer = { agent: node.id, offered, mayAsk: data.mayAsk !== false };
  const own = offer.mayAsk ? [askPersonTool] : [];
  const ask = createAsking(node, context, { instructions, wired: offered, own });
  let repairs = 0;
  let callsMade = 0;
  let badCalls = 0;

  for (let step = 1; step <= (data.maxSteps ?? defaultMaxSteps); step += 1) {
    const response = await ask(messages, callsMade);
    messages.push({ role: "assistant", ...response });
    if (response.refusal !== undefined) {
      throw new SignalboxError("model_refused", `The model refused: ${response.refusal}`, { retryable: false });
    }
    if (response.toolCalls.length > 0) {
      await refuseCallsOverBudget(node, context, { made: callsMade, asked: response.toolCalls.length });
      const results = await runCalls(response.toolCalls, callsMade, offer, context);
      if (results === "suspended") return "suspended";
      callsMade += response.toolCalls.length;
      badCalls = results.some(({ bad }) => bad) ? badCalls + 1 : 0;
      if (badCalls > 1) {
        throw new SignalboxError("tool_call_invalid", `The model called a tool wrongly twice: ${worst(results)}`);
      }
      messages.push(...results.map(({ message }) => message));
      continue;
    }
    const verdict = judgeAnswer(response.text, data.output);
    if ("output" in verdict) return { handles: ["out"], output: verdict.output };
    if (repairs === 1) throw new SignalboxError("output_invalid", verdict.complaint);
    repairs += 1;
    messages.push({ role: "user", text: `${verdict.complaint} Answer again, with nothing but the corrected JSON.` });
  }
  throw new SignalboxError(
    "max_steps_exceeded",
    `${node.id} made ${data.maxSteps ?? defaultMaxSteps} model calls without an answer. Raise "Most model calls", or say more clearly when it is done.`,
  );
}

function worst(results: readonly { bad?: string | undefined }[]): string {
  return results.find(({ bad }) => bad)?.bad ?? "";
}

function readInput(input: Json): { instructions: string | undefined; prompt: string } {
  const { instructions, prompt } = input !== null && typeof input === "object" && !Array.isArray(input) ? input : {};
  return {
    instructions: typeof instructions === "string" ? instructions : undefined,
    prompt: typeof prompt === "string" ? prompt : "",
  };
}
