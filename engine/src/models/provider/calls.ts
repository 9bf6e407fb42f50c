import { type Json, JsonLimits, parseJson } from "@signalbox/shared/json";
import type { ToolCall } from "@signalbox/shared/models";

/** A call as the model wrote it. Arguments that are no JSON are kept as text, so that the model can be told. */
export function toolCall(id: string, name: string, text: string): ToolCall {
  const call = { id: id.toWellFormed(), name: name.toWellFormed() };
  if (text.trim() === "") return { ...call, arguments: {} };
  // a model cut off in the middle of a character has made no mistake that it could mend
  const parsed = parseJson(text, { ...JsonLimits, keepHalves: true });
  if ("problem" in parsed) return { ...call, arguments: null, malformed: text.toWellFormed() };
  // "null" is how some models say that there are none
  return { ...call, arguments: wellFormed(parsed.value ?? {}) };
}

// "\ud800" is pure ASCII on the wire and a lone surrogate once parsed
function wellFormed(value: Json): Json {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(wellFormed);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key.toWellFormed(), wellFormed(entry)]));
}

/** The text that stands for a tool's result where a provider takes only text. */
export function resultText(result: Json): string {
  return (typeof result === "string" ? result : JSON.stringify(result)).toWellFormed();
}
