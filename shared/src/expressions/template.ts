import type { Json } from "../json/index.ts";
import { evaluateExpression, type Schemas, type Values } from "./evaluate.ts";
import { ExpressionError, type ExpressionProblem } from "./problem.ts";

/** A template is a list of literal text and expressions; it is filled once and never read again. */
export type TemplatePart = { text: string } | { source: string; start: number };

/** Parts of a template, or where it is broken. `{{{{` stands for a literal `{{`. */
export function readTemplate(source: string): { parts: TemplatePart[] } | { problem: ExpressionProblem } {
  const parts: TemplatePart[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf("{{", at);
    if (open < 0) break;
    text += source.slice(at, open);
    if (source.startsWith("{{{{", open)) {
      text += "{{";
      at = open + 4;
      continue;
    }
    const close = closing(source, open + 2);
    if (close === undefined) {
      const detail = 'An expression that begins with "{{" is not closed with "}}". For a literal "{{" write "{{{{".';
      return { problem: { code: "template_syntax", detail, start: open, end: source.length, severity: "error" } };
    }
    if (text !== "") parts.push({ text });
    text = "";
    parts.push({ source: source.slice(open + 2, close), start: open + 2 });
    at = close + 2;
  }
  text += source.slice(at);
  if (text !== "") parts.push({ text });
  return { parts };
}

/** The first `}}` that is not inside a quoted text or a map of the expression. */
function closing(source: string, from: number): number | undefined {
  let quote = "";
  let braces = 0;
  for (let at = from; at < source.length; at += 1) {
    const char = source[at] ?? "";
    if (quote !== "") {
      if (char === "\\") at += 1;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "{") braces += 1;
    else if (char === "}" && braces > 0) braces -= 1;
    else if (source.startsWith("}}", at)) return at;
  }
  return undefined;
}

/**
 * A template filled in. What is only one `{{ … }}` keeps the type of its value; in text, objects print as JSON and null
 * as nothing. Throws ExpressionError.
 */
export function renderTemplate(source: string, values: Values, schemas?: Schemas): Json {
  if (!source.includes("{{")) return source;
  const read = readTemplate(source);
  if ("problem" in read) throw new ExpressionError(read.problem.detail, read.problem.start, read.problem.end);
  const filled = read.parts.filter((part) => !("text" in part) || part.text.trim() !== "");
  const [only] = filled;
  if (filled.length === 1 && only && "source" in only) return evaluateExpression(only.source, values, schemas);
  return read.parts
    .map((part) => ("text" in part ? part.text : asText(evaluateExpression(part.source, values, schemas))))
    .join("");
}

function asText(value: Json): string {
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
