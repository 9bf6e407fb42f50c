import type { ModelUsage } from "@signalbox/shared/models";

/** US dollars for a million tokens. */
interface Price {
  input: number;
  cachedInput: number;
  output: number;
}

const price = (input: number, cachedInput: number, output: number): Price => ({ input, cachedInput, output });

// as published around 2026-11-22; prices change, so this is a good guess and no bill
const prices = new Map<string, Price>(
  Object.entries({
    "openai:gpt-5.2": price(1.75, 0.175, 14),
    "openai:gpt-5.1": price(1.25, 0.125, 10),
    "openai:gpt-5": price(1.25, 0.125, 10),
    "openai:gpt-5-mini": price(0.25, 0.025, 2),
    "openai:gpt-5-nano": price(0.05, 0.005, 0.4),
    "openai:gpt-4.1": price(2, 0.5, 8),
    "openai:gpt-4.1-mini": price(0.4, 0.1, 1.6),
    "openai:gpt-4.1-nano": price(0.1, 0.025, 0.4),
    "openai:gpt-4o": price(2.5, 1.25, 10),
    "openai:gpt-4o-mini": price(0.15, 0.075, 0.6),
    "anthropic:claude-opus-5": price(5, 0.5, 25),
    "anthropic:claude-opus-4-7": price(5, 0.5, 25),
    "anthropic:claude-opus-4-6": price(5, 0.5, 25),
    "anthropic:claude-opus-4-5": price(5, 0.5, 25),
    "anthropic:claude-sonnet-4-6": price(3, 0.3, 15),
    "anthropic:claude-sonnet-4-5": price(3, 0.3, 15),
    "anthropic:claude-haiku-4-5": price(1, 0.1, 5),
  }),
);

const DATE_AT_THE_END = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

/** What a call cost in US dollars, or null for a model whose price we do not know. The simulated model is free. */
export function costUsd(connection: string, model: string, usage: ModelUsage): number | null {
  if (connection === "simulated") return 0;
  const name = `${connection}:${model}`;
  const found = prices.get(name) ?? prices.get(name.replace(DATE_AT_THE_END, ""));
  if (!found) return null;
  const cached = Math.min(usage.cachedInputTokens ?? 0, usage.inputTokens);
  const fresh = usage.inputTokens - cached;
  return (fresh * found.input + cached * found.cachedInput + usage.outputTokens * found.output) / 1_000_000;
}
