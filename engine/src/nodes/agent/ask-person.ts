import { createHash } from "node:crypto";
import type { JsonObject, JsonSchema } from "@signalbox/shared/json";
import type { ToolCall } from "@signalbox/shared/models";
import type { ModelMessage, OfferedTool } from "../../models/model.ts";
import type { WorkContext } from "../runner.ts";

/** With a capital, so that no node can have this name. */
export const askPerson = "askPerson";

const input: JsonSchema = {
  type: "object",
  properties: {
    question: { type: "string", description: "The question, with all that is needed to answer it." },
    options: { type: "array", items: { type: "string" }, description: "Answers to choose from, where there are few." },
  },
  required: ["question"],
  additionalProperties: false,
};

/** What an agent is offered beside what is wired to it: it reaches nothing but the people of this space. */
export const askPersonTool: OfferedTool = {
  name: askPerson,
  description:
    "Asks the people who run this workflow. Only for what you cannot find out yourself and must know to go on: an answer can take hours.",
  input,
};

/** Asks once, durably; goes on when the answer is in the log. */
export async function askAndAwait(
  call: ToolCall,
  agent: string,
  n: number,
  context: WorkContext,
): Promise<{ message: ModelMessage; bad?: string } | "suspended"> {
  const answer = (result: JsonObject, isError: boolean): ModelMessage => {
    return { role: "tool", call: call.id, name: call.name, result, isError };
  };
  const { question: text, options } = isObject(call.arguments) ? call.arguments : {};
  if (typeof text !== "string" || text.trim() === "") {
    const bad = 'A question for people needs "question", as text.';
    return { message: answer({ error: bad }, true), bad };
  }
  const { run, activation } = context;
  const question = questionId(run, activation, n);
  const known = context.question(question);
  if (known?.status === "answered") {
    return { message: answer({ answer: known.answer ?? null, by: known.by ?? "" }, false) };
  }
  if (!known) {
    const choices = Array.isArray(options) ? options.filter((option) => typeof option === "string") : [];
    const more = choices.length > 0 ? { options: choices } : {};
    await context.record([{ type: "question.asked", node: agent, activation, question, text, ...more }]);
  }
  return "suspended";
}

function questionId(run: string, activation: string, n: number): string {
  return `qst_${createHash("sha256").update(`${run}\n${activation}\n${n}`).digest("hex").slice(0, 24)}`;
}

function isObject(value: ToolCall["arguments"]): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
