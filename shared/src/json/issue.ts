import type * as z from "zod";

const names: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const units: Readonly<Record<string, string>> = { string: "characters", array: "entries", file: "bytes" };

/** What a schema has against a value, in a sentence for the person who wrote it. */
export function issueSentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type": {
      // what may be anything, but must be there
      if (issue.expected === "nonoptional") return "This is missing.";
      const wanted = `must be ${names[issue.expected] ?? issue.expected}`;
      return issue.message.endsWith("received undefined") ? `This is missing; it ${wanted}.` : `This ${wanted}.`;
    }
    case "invalid_value":
      return `This must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}.`;
    case "too_big":
      return boundSentence(issue.origin, "at most", issue.maximum);
    case "too_small":
      return boundSentence(issue.origin, "at least", issue.minimum);
    case "invalid_format":
    case "custom":
    case "not_multiple_of":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "unrecognized_keys":
      return asSentence(issue.message);
  }
}

function boundSentence(origin: string, bound: "at most" | "at least", limit: number | bigint): string {
  const unit = units[origin];
  return unit === undefined ? `This must be ${bound} ${limit}.` : `This must have ${bound} ${limit} ${unit}.`;
}

/** Our own messages are sentences already; the library's lack the full stop. */
function asSentence(message: string): string {
  if (message.startsWith("Invalid")) return "This does not have the form that is wanted here.";
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
