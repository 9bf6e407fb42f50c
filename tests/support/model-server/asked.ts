import type { Json } from "@signalbox/shared/json";
import type { ReceivedRequest } from "./server.ts";

/** What a request asks, in no provider's words: enough for a script to decide what to answer. */
export interface Asked {
  instructions: string;
  /** The last thing a user said. */
  prompt: string;
  /** Names of the tools that are offered. */
  tools: string[];
  /** What tools answered since the last prompt, in order. */
  results: string[];
}

type Fields = { [key: string]: Json };

/** Reads a request of any of the three APIs. */
export function asked({ api, body }: ReceivedRequest): Asked {
  const tools = list(body.tools).map((tool) => text(fields(tool.function ?? tool).name));
  const messages = list(api === "openai-responses" ? body.input : body.messages);
  const system = messages.find((message) => message.role === "system")?.content;
  const instructions = text(api === "openai-chat" ? system : api === "anthropic" ? body.system : body.instructions);
  const turns = messages.flatMap(turnsOf);
  const start = turns.findLastIndex(({ from }) => from === "user");
  return {
    instructions,
    prompt: turns[start]?.text ?? "",
    tools,
    results: turns.slice(start + 1).flatMap((turn) => (turn.from === "tool" ? [turn.text] : [])),
  };
}

function turnsOf(message: Fields): { from: "user" | "tool"; text: string }[] {
  const { role, type, content, output } = message;
  if (role === "tool") return [{ from: "tool", text: text(content) }];
  if (type === "function_call_output") return [{ from: "tool", text: text(output) }];
  if (role !== "user") return [];
  if (!Array.isArray(content)) return [{ from: "user", text: text(content) }];
  return list(content).map((block) =>
    block.type === "tool_result"
      ? { from: "tool" as const, text: text(block.content) }
      : { from: "user" as const, text: text(block.text) },
  );
}

function list(value: Json | undefined): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function fields(value: Json | undefined): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
