import type { Json } from "./json.ts";

/** What one JSON text may hold. Bytes are counted by the caller, who has them. */
export interface JsonLimits {
  depth: number;
  values: number;
  keyLength: number;
  /** For who mends halves of characters itself; else they are refused. */
  keepHalves?: boolean;
}
export const JsonLimits: JsonLimits = { depth: 64, values: 200_000, keyLength: 1024 };

/** Why a JSON text is refused: a stable code, a sentence, and where in the value it happened. */
export interface JsonProblem {
  code:
    | "invalid_json"
    | "too_deep"
    | "too_many_values"
    | "key_too_long"
    | "forbidden_key"
    | "duplicate_key"
    | "lone_surrogate";
  detail: string;
  path: string;
  limit?: number;
}

/**
 * The one door for JSON text from outside (HTTP, files, models, tools). Checks depth, counts, duplicate and forbidden
 * keys and halves of characters in one pass before `JSON.parse`, because a value nested too deep breaks everything that later walks it.
 */
export function parseJson(text: string, limits: JsonLimits = JsonLimits): { value: Json } | { problem: JsonProblem } {
  const problem = scan(text, limits);
  if (problem) return { problem };
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: { code: "invalid_json", detail: `This is not valid JSON: ${reason}.`, path: "" } };
  }
}

interface Level {
  keys: Set<string> | null;
  key: string;
  index: number;
}

function scan(text: string, limits: JsonLimits): JsonProblem | undefined {
  const levels: Level[] = [];
  let values = 0;
  let at = 0;
  const here = () => pathOf(levels);
  const mayHoldHalves = !limits.keepHalves && (/\\u[dD]/.test(text) || !text.isWellFormed());
  while (at < text.length) {
    const char = text[at];
    if (char === '"') {
      const end = endOfString(text, at);
      const level = levels.at(-1);
      if (level?.keys && followedByColon(text, end)) {
        const problem = takeKey(text.slice(at, end), level, limits, here);
        if (problem) return problem;
      }
      if (mayHoldHalves && !unquote(text.slice(at, end)).isWellFormed()) {
        const detail = "This text holds half of a character, which no file and no other program can keep. Remove it.";
        return { code: "lone_surrogate", detail, path: here().toWellFormed() };
      }
      values += 1;
      at = end;
    } else {
      if (char === "{" || char === "[") {
        levels.push({ keys: char === "{" ? new Set() : null, key: "", index: 0 });
        values += 1;
        if (levels.length > limits.depth) {
          const detail = `This JSON is nested deeper than ${limits.depth} levels. Make it flatter.`;
          return { code: "too_deep", detail, path: pathOf(levels.slice(0, -1)), limit: limits.depth };
        }
      } else if (char === "}" || char === "]") {
        levels.pop();
      } else if (char === ",") {
        values += 1;
        const level = levels.at(-1);
        if (level) level.index += 1;
      }
      at += 1;
    }
    if (values > limits.values) {
      const detail = `This JSON holds more than ${limits.values} values. Send less at a time.`;
      return { code: "too_many_values", detail, path: here(), limit: limits.values };
    }
  }
  return undefined;
}

function pathOf(levels: readonly Level[]): string {
  return levels.map(({ keys, key, index }) => (keys ? key : String(index))).join(".");
}

function takeKey(
  quoted: string,
  level: Level & { keys: Set<string> | null },
  limits: JsonLimits,
  here: () => string,
): JsonProblem | undefined {
  const key = unquote(quoted);
  level.key = key;
  if (key.length > limits.keyLength) {
    const detail = `A key is longer than ${limits.keyLength} characters.`;
    return { code: "key_too_long", detail, path: here().slice(0, 200), limit: limits.keyLength };
  }
  // it would become the prototype of whoever copies the object key by key
  if (key === "__proto__") {
    return { code: "forbidden_key", detail: 'The key "__proto__" is not allowed.', path: here() };
  }
  if (level.keys?.has(key)) {
    return { code: "duplicate_key", detail: `The key "${key}" stands twice in one object.`, path: here() };
  }
  level.keys?.add(key);
  return undefined;
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function followedByColon(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at += 1;
  return text[at] === ":";
}
