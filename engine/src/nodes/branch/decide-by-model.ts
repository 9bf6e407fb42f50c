import type { JsonSchema } from "@signalbox/shared/json";
import type { NodeOf } from "@signalbox/shared/nodes";
import { SignalboxError } from "../../errors.ts";
import type { ModelMessage } from "../../models/model.ts";
import { judgeAnswer } from "../agent/answer.ts";
import { createAsking } from "../agent/ask-model.ts";
import { asText } from "../as-text.ts";
import type { Done, Runner, WorkContext } from "../runner.ts";

/** A branch whose cases a model chooses from, by what each is described as. */
export const decideByModel: Runner<"branch"> = {
  kind: "work",
  input: ({ data: { prompt = "" } }, values) => ({ prompt: asText(values.template(prompt)) }),
  work: choose,
};

const most = 2;

async function choose(node: NodeOf<"branch">, context: WorkContext): Promise<Done> {
  const { id, data } = node;
  const output = answerSchema(node);
  const asker = { id, data: { model: data.model, output } };
  const ask = createAsking(asker, context, { instructions: instructionsFor(node), wired: [], own: [] });
  const { prompt } = context.input as { prompt: string };
  const messages: ModelMessage[] = [{ role: "user", text: prompt }];
  for (let call = 1; call <= most; call += 1) {
    const response = await ask(messages, 0);
    if (response.refusal !== undefined) {
      throw new SignalboxError("model_refused", `The model refused: ${response.refusal}`, { retryable: false });
    }
    const verdict = judgeAnswer(response.text, output);
    // the schema has let it through: one of the ways out, or a list of them
    if ("output" in verdict) return taken(verdict.output as { case: string } | { cases: string[] });
    if (call === most) throw new SignalboxError("output_invalid", verdict.complaint);
    messages.push({ role: "assistant", ...response });
    messages.push({ role: "user", text: `${verdict.complaint} Answer again, with nothing but the corrected JSON.` });
  }
  throw new SignalboxError("output_invalid", `The model chose no case of ${id}.`);
}

function taken(answer: { case: string } | { cases: string[] }): Done {
  if ("case" in answer) return { handles: [answer.case], output: answer };
  const cases = [...new Set(answer.cases)];
  return { handles: cases.length > 0 ? cases : ["else"], output: { cases } };
}

function answerSchema({ data: { cases = [], mode } }: NodeOf<"branch">): JsonSchema {
  const ids = cases.map(({ id }) => id);
  const properties: JsonSchema =
    mode === "all" ? { cases: { type: "array", items: { enum: ids } } } : { case: { enum: [...ids, "else"] } };
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function instructionsFor({ data: { cases = [], mode } }: NodeOf<"branch">): string {
  const listed = cases.map(({ id, label, description }) => `- ${id}: ${description || label || id}`);
  const others = mode === "all" ? [] : ["- else: none of these fits"];
  const wanted =
    mode === "all" ? "every case that fits what you are given, none where none does" : "the one case that fits best";
  return [`Choose ${wanted}. Answer with ids, as JSON.`, "The cases:", ...listed, ...others].join("\n");
}
