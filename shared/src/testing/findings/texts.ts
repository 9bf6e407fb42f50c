import type { JsonSchema } from "../../json/index.ts";
import type { FindingCode } from "../../validation/index.ts";
import { agent, begin, type FindingCase, node, set } from "./case.ts";

const triage = agent("triage", {
  output: {
    type: "object",
    properties: { urgency: { enum: ["low", "high"] }, score: { type: "integer", minimum: 0, maximum: 10 } },
    required: ["urgency", "score"],
  },
});
const cases = (whens: readonly string[]) => whens.map((when, index) => ({ id: `c${index + 1}`, when }));
const triaged = (...whens: string[]) => ({
  nodes: [begin, triage, node("which", "branch", { cases: cases(whens) })],
  edges: ["start>triage", "triage>which"],
});
const never = (detail: string, start: number, end: number, index = 0) => ({
  severity: "warning" as const,
  path: `nodes.2.data.cases.${index}.when`,
  node: "which",
  detail: `which: Case "c${index + 1}" can never be true. ${detail}`,
  range: { start, end },
});
const replaced = (path: (string | number)[], start: number, was: string, text: string, nodeId = "which") => ({
  title: `Change to ${text}`,
  steps: [{ do: "replace_text" as const, node: nodeId, path, start, end: start + was.length, was, text }],
});
const first = ["cases", 0, "when"];
const value = ["values", "n"];
const input: JsonSchema = { type: "object", properties: { name: { type: "string" }, n: { type: "integer" } } };
const alone = (text: string) => ({ nodes: [begin, set("a", text)], edges: ["start>a"], input });
const found = (detail: string, start: number, end: number) => ({
  path: "nodes.1.data.values.n",
  node: "a",
  detail,
  range: { start, end },
});
const skipped = (text: string, output: JsonSchema) => ({
  nodes: [begin, node("which", "branch", { cases: cases(["input.n > 1"]) }), agent("ask", { output }), set("a", text)],
  edges: ["start>which", "which:c1>ask", "which:else>a", "ask>a"],
  input,
});
const guarded = (member: string, text: string, range: { start: number; end: number }) => ({
  severity: "warning" as const,
  path: "nodes.3.data.values.n",
  node: "a",
  detail: `a takes ${member}, but ask may have been skipped. Write ${text}.`,
  range,
});
const guard = (start: number, was: string, text: string) => ({
  ...replaced(value, start, was, text, "a"),
  title: "Guard it",
});
const deep: JsonSchema = {
  type: "object",
  properties: { n: { type: "integer" }, who: { type: "object", properties: { name: { type: "string" } } } },
};

/** What can be wrong with expressions and templates, and with what they come to. */
export const texts = {
  case_never_true: [
    {
      what: "a value that is none of those it can be, and nearly one",
      ...triaged("triage.urgency == 'hgih'"),
      found: never('triage.urgency is never "hgih": it is "low" or "high". Did you mean "high"?', 18, 24),
      fix: replaced(first, 18, "'hgih'", "'high'"),
    },
    {
      what: "such a value in a list, beside another demand",
      ...triaged('triage.score > 3 && triage.urgency in ["lwo", "medium"]'),
      found: never('triage.urgency is never "lwo": it is "low" or "high". Did you mean "low"?', 39, 44),
      fix: replaced(first, 39, '"lwo"', '"low"'),
    },
    {
      what: "a value that is like none of those it can be",
      ...triaged("'unknown' == triage.urgency"),
      found: never('triage.urgency is never "unknown": it is "low" or "high".', 0, 9),
    },
    {
      what: "two values at once",
      ...triaged("triage.urgency == 'low' && triage.urgency == 'high'"),
      found: never("triage.urgency == 'low' and triage.urgency == 'high' are never true together.", 27, 51),
    },
    {
      what: "a value and not that value, in other words",
      ...triaged("!(triage.score <= 3 || triage.score > 1)"),
      found: never("triage.score <= 3 and triage.score > 1 are never true together.", 23, 39),
    },
    {
      what: "more than it can be",
      ...triaged("triage.score > 10"),
      found: never("triage.score > 10 is never true: triage.score is at least 0 and at most 10.", 0, 17),
    },
    {
      what: "a constant",
      ...triaged("1 > 2"),
      found: never("It is always false.", 0, 5),
    },
  ],
  case_never_reached: [
    {
      what: "a case behind one that is always true",
      ...triaged("true || triage.score > 1", "triage.score > 2"),
      found: {
        severity: "warning",
        path: "nodes.2.data.cases.1.when",
        node: "which",
        detail: 'which: Case "c2" is never taken, as "c1" before it is always true. Move it up, or remove it.',
      },
    },
    {
      what: "a case that asks the same as one before it",
      ...triaged("triage.score > 2", "triage.score > 1", " triage.score > 2 "),
      found: {
        severity: "warning",
        path: "nodes.2.data.cases.2.when",
        node: "which",
        detail: 'which: Case "c3" is never taken, as "c1" before it asks the same. Move it up, or remove it.',
      },
    },
  ],
  expression_syntax: [
    {
      what: "one sign of two",
      ...triaged("triage.urgency = 'low'"),
      found: {
        path: "nodes.2.data.cases.0.when",
        node: "which",
        detail: 'which: A single "=" means nothing here. Compare with "==".',
        range: { start: 15, end: 16 },
      },
      fix: replaced(first, 15, "=", "=="),
    },
    {
      what: "a text that ends too early",
      ...alone("{{ input.name + }}"),
      found: found("a: The expression ends too early.", 16, 16),
    },
  ],
  expression_type: [
    {
      what: "a member that is written nearly right",
      ...alone("Dear {{ input.nmae }}"),
      found: found('a: "nmae" does not exist there. Did you mean "name"?', 14, 18),
      fix: replaced(value, 14, "nmae", "name", "a"),
    },
    {
      what: "what gives no list where one is needed",
      nodes: [
        begin,
        node("each", "parallel", { mode: "forEach", items: "input.name" }),
        set("a", "x", { parentId: "each" }),
      ],
      edges: ["start>each"],
      input,
      found: {
        path: "nodes.1.data.items",
        node: "each",
        detail: "each: This must give a list; it gives text.",
        range: { start: 0, end: 10 },
      },
    },
  ],
  expression_unknown_name: [
    {
      what: "a name that is written nearly right",
      ...alone("{{ imput.name }}"),
      found: found('a: "imput" is not known here. Did you mean "input"?', 3, 8),
      fix: replaced(value, 3, "imput", "input", "a"),
    },
    {
      what: "a name of nothing",
      ...alone("{{ weather }}"),
      found: found('a: "weather" is not known here.', 3, 10),
    },
  ],
  expression_too_long: [
    {
      what: "a long text",
      ...alone(`{{ "${"x".repeat(2100)}" }}`),
      found: found("a: An expression holds at most 2048 characters.", 2, 2106),
    },
  ],
  expression_too_complex: [
    {
      what: "a walk in a walk",
      ...alone("{{ [1].map(x, [2].map(y, x + y)) }}"),
      found: found(
        "a: Lists may not be walked within a walk over a list, and four times at most. Use a For each frame.",
        14,
        31,
      ),
    },
  ],
  expression_not_allowed: [
    {
      what: "a regular expression",
      ...alone('{{ input.name.matches("a+") }}'),
      found: found('a: "matches" is not allowed. Compare with ==, contains, startsWith or endsWith.', 3, 27),
    },
  ],
  template_syntax: [
    {
      what: "an expression that is not closed",
      ...alone("Dear {{ input.name"),
      found: found(
        'a: An expression that begins with "{{" is not closed with "}}". For a literal "{{" write "{{{{".',
        5,
        18,
      ),
    },
  ],
  reference_not_before: [
    {
      what: "a node that comes later",
      nodes: [begin, set("a", "{{ b.n }}"), set("b")],
      edges: ["start>a", "a>b"],
      found: found('a names "b", which cannot have run before it. Connect them, or take another value.', 3, 4),
    },
  ],
  reference_may_be_null: [
    {
      what: "a number of a node that may be skipped",
      ...skipped("{{ ask.n + 1 }}", deep),
      found: guarded("ask.n", "has(ask.n) ? ask.n : 0", { start: 3, end: 8 }),
      fix: guard(3, "ask.n", "(has(ask.n) ? ask.n : 0)"),
    },
    {
      what: "a text further down, alone in its braces",
      ...skipped("Dear {{ ask.who.name }}", deep),
      found: guarded("ask.who.name", 'has(ask.who) ? ask.who.name : ""', { start: 8, end: 20 }),
      fix: guard(8, "ask.who.name", 'has(ask.who) ? ask.who.name : ""'),
    },
    {
      what: "a member whose name is no word",
      ...skipped('{{ ask["first name"] }}', { type: "object", properties: { "first name": { type: "string" } } }),
      found: guarded("ask.first name", 'ask != null ? ask["first name"] : ""', { start: 3, end: 20 }),
      fix: guard(3, 'ask["first name"]', 'ask != null ? ask["first name"] : ""'),
    },
  ],
} satisfies Partial<Record<FindingCode, FindingCase[]>>;
