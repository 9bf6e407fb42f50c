import { type Json, type JsonSchema, parseJson } from "@signalbox/shared/json";
import { validateJson } from "@signalbox/shared/json-schema";

/** The agent's output from the model's text, or what is wrong with it in words a model understands. */
export function judgeAnswer(text: string, schema: JsonSchema | undefined): { output: Json } | { complaint: string } {
  if (schema === undefined) return { output: { text } };
  const parsed = parseJson(withoutFence(text));
  if ("problem" in parsed) return { complaint: `The answer is not JSON: ${parsed.problem.detail}` };
  const problems = validateJson(schema, parsed.value);
  if (problems.length === 0) return { output: parsed.value };
  const listed = problems.slice(0, 5).map(({ path, detail }) => `${path === "" ? "the answer" : path}: ${detail}`);
  return { complaint: `The answer does not fit its schema: ${listed.join("; ")}.` };
}

/** Models like to put JSON between three backticks, even when told not to. */
function withoutFence(text: string): string {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text);
  return fenced?.[1] ?? text;
}
