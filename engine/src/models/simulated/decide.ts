import { canonicalJson, type Json, type JsonSchema } from "@signalbox/shared/json";
import type { ToolCall } from "@signalbox/shared/models";
import type { ModelMessage, ModelRequest, OfferedTool } from "../model.ts";
import { createChance, hash } from "./chance.ts";
import { exampleOf } from "./example.ts";
import { firstWords } from "./words.ts";

/** Free text begins with this, so that nobody takes it for a model's words. */
const SIMULATED_LABEL = "(simulated)";

/** What the simulated model answers: text, or calls. */
export interface SimulatedAnswer {
  text: string;
  toolCalls: ToolCall[];
}

/** Called only where the prompt says so: nobody wants to be asked by a simulation. */
const ASK_PERSON = "askPerson";
const MOST_CALLS_AT_ONCE = 8;
const LONGEST_RESULT = 300;

/** The answer to a request: the same for the same request. `passOver` names tools it never calls of its own accord. */
export function decide(request: ModelRequest, passOver: ReadonlySet<string>): SimulatedAnswer {
  const seed = String(hash(canonicalJson(plain(request))));
  const prompt = lastPrompt(request.messages);
  const wanted = toolsToCall(request, passOver);
  if (wanted.length > 0) {
    const toolCalls = wanted.map((tool, at) => ({
      id: `call_${hash(`${seed} ${at}`).toString(16).padStart(8, "0")}`,
      name: tool.name,
      arguments:
        tool.name === ASK_PERSON
          ? { question: firstWords(prompt, 40) }
          : argumentsFor(tool.input, { seed: `${seed} ${tool.name}`, prompt, label: "" }),
    }));
    return { text: "", toolCalls };
  }
  const results = resultsSincePrompt(request.messages);
  if (request.output) {
    const read = [prompt, ...results.map(({ text }) => text)].join("\n");
    const value = exampleOf(request.output, { seed, prompt: read, label: SIMULATED_LABEL });
    return { text: JSON.stringify(value), toolCalls: [] };
  }
  return { text: textAnswer(seed, prompt, results), toolCalls: [] };
}

// undefined has no place in canonical JSON
function plain(request: ModelRequest): Json {
  return JSON.parse(JSON.stringify(request)) as Json;
}

function toolsToCall({ tools, toolChoice, messages }: ModelRequest, passOver: ReadonlySet<string>): OfferedTool[] {
  if (toolChoice === "none") return [];
  const asking = tools.filter(({ name }) => name === ASK_PERSON);
  if (resultsSincePrompt(messages).length === 0 && /\bask (a )?(person|people)\b/i.test(lastPrompt(messages))) {
    if (asking.length > 0) return asking;
  }
  if (typeof toolChoice === "object") return tools.filter(({ name }) => name === toolChoice.tool).slice(0, 1);
  const own = tools.filter(({ name }) => !passOver.has(name) && name !== ASK_PERSON);
  if (toolChoice === "required") return (own.length > 0 ? own : tools).slice(0, MOST_CALLS_AT_ONCE);
  return resultsSincePrompt(messages).length > 0 ? [] : own.slice(0, MOST_CALLS_AT_ONCE);
}

function argumentsFor(input: JsonSchema, source: { seed: string; prompt: string; label: string }): Json {
  const value = exampleOf({ type: "object", ...input }, source);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function lastPrompt(messages: readonly ModelMessage[]): string {
  const last = messages.findLast((message) => message.role === "user");
  return last?.text ?? "";
}

function resultsSincePrompt(messages: readonly ModelMessage[]): { name: string; text: string }[] {
  const start = messages.findLastIndex((message) => message.role === "user");
  return messages.slice(start + 1).flatMap((message) => {
    if (message.role !== "tool") return [];
    const text = typeof message.result === "string" ? message.result : JSON.stringify(message.result);
    return [{ name: message.name, text: message.isError ? `failed: ${text}` : text }];
  });
}

function textAnswer(seed: string, prompt: string, results: readonly { name: string; text: string }[]): string {
  const asked = firstWords(prompt, 24);
  const opening = createChance(seed).pick(
    [`I was asked: “${asked}”.`, `The question was: “${asked}”.`, `This is where a model would answer “${asked}”.`],
    "opening",
  );
  const tools = results.map(({ name, text }) => ` ${name} answered: ${shorten(text)}.`).join("");
  return `${SIMULATED_LABEL} ${opening}${tools} No real model was asked; choose one in the agent to get a real answer.`;
}

function shorten(text: string): string {
  const chars = Array.from(text);
  return chars.length > LONGEST_RESULT ? `${chars.slice(0, LONGEST_RESULT).join("")}…` : text;
}
