import type { JsonSchema } from "@signalbox/shared/json";
import type { Chance } from "./chance.ts";
import { textForPattern } from "./pattern.ts";
import { firstWords, tellingWords } from "./words.ts";

interface TextSource {
  seed: string;
  prompt: string;
  label: string;
  path: string;
  chance: Chance;
}

const WORDS_OF_A_TEXT = 12;

/** A text that is valid for a flat schema of a string. */
export function exampleText(schema: JsonSchema, source: TextSource): string {
  const { format, pattern, minLength, maxLength } = schema;
  const least = typeof minLength === "number" ? minLength : 0;
  const most = typeof maxLength === "number" ? maxLength : Number.POSITIVE_INFINITY;
  if (typeof pattern === "string") {
    const text = textForPattern(pattern, source.chance);
    if (text !== undefined) return text;
  }
  const formatted = typeof format === "string" ? textOfFormat(format, source) : undefined;
  if (formatted !== undefined) return formatted;
  if (looksLikeUrl(source.path)) return toLength("https://example.com/", least, most);
  return toLength(freeText(source, most), least, most);
}

function freeText({ prompt, label, path, chance }: TextSource, most: number): string {
  const words = tellingWords(prompt);
  const text = label === "" ? words.slice(0, 6).join(" ") : firstWords(prompt, WORDS_OF_A_TEXT);
  const full = label === "" ? text : `${label} ${text}`;
  if (full.trim() !== "" && Array.from(full).length <= most) return distinct(full, path);
  const short = words[chance.below(words.length, path)];
  return short ?? "text";
}

/** Items of one list differ, as the words of a person would. */
function distinct(text: string, path: string): string {
  const item = path.match(/\[(\d+)\][^[]*$/)?.[1];
  return item === undefined || item === "0" ? text : `${text} (${Number(item) + 1})`;
}

function toLength(text: string, least: number, most: number): string {
  let chars = Array.from(text);
  while (chars.length < least) chars = [...chars, ...Array.from(chars.length === 0 ? "text" : " more text")];
  const longest = Math.max(least, Math.min(chars.length, most));
  return chars.slice(0, Math.min(longest, most)).join("");
}

function looksLikeUrl(path: string): boolean {
  return /(?:^|[._])(?:url|uri|href|link)$/i.test(path);
}

function textOfFormat(format: string, { chance, path }: TextSource): string | undefined {
  const day = String(chance.below(28, `${path} day`) + 1).padStart(2, "0");
  const hour = String(chance.below(24, `${path} hour`)).padStart(2, "0");
  const hex = (length: number, key: string) =>
    chance
      .below(16 ** length, `${path} ${key}`)
      .toString(16)
      .padStart(length, "0");
  switch (format) {
    case "date-time":
      return `2026-01-${day}T${hour}:30:00Z`;
    case "date":
      return `2026-01-${day}`;
    case "time":
      return `${hour}:30:00Z`;
    case "duration":
      return "PT1H";
    case "email":
    case "idn-email":
      return "someone@example.com";
    case "hostname":
    case "idn-hostname":
      return "example.com";
    case "uri":
    case "url":
    case "iri":
      return "https://example.com/";
    case "uri-reference":
    case "iri-reference":
      return "/example";
    case "uuid":
      return `${hex(6, "a")}${hex(2, "b")}-${hex(4, "c")}-4${hex(3, "d")}-a${hex(3, "e")}-${hex(6, "f")}${hex(6, "g")}`;
    case "ipv4":
      return "192.0.2.1";
    case "ipv6":
      return "2001:db8::1";
    case "json-pointer":
      return "/example";
    case "regex":
      return ".*";
    default:
      return undefined;
  }
}
