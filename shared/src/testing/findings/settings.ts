import type { FindingCode } from "../../validation/index.ts";
import { agent, begin, type FindingCase, node } from "./case.ts";

const started = (target: string) => [`start>${target}`];
const typed = (where: string) =>
  `${where}: A type is string, number, integer, boolean, array, object, null, or a list of these.`;

/** What can be wrong with single fields. */
export const settings = {
  wait_ambiguous: [
    {
      what: "a wait for a signal and for a time",
      nodes: [begin, node("rest", "wait", { for: "10m", signal: { name: "paid" } })],
      edges: started("rest"),
      found: {
        path: "nodes.1.data.for",
        node: "rest",
        detail: 'rest has "signal" and "for", of which only one can hold. Keep one.',
      },
      fix: { title: 'Keep only "signal"', steps: [{ do: "set_field", node: "rest", path: ["for"] }] },
    },
  ],
  setting_without_effect: [
    {
      what: "a wait that takes only what comes meanwhile, and waits for no signal",
      nodes: [begin, node("rest", "wait", { for: "10m", transient: true })],
      edges: started("rest"),
      found: {
        severity: "warning",
        path: "nodes.1.data.transient",
        node: "rest",
        detail: 'rest: "transient" has no effect without "signal". Remove it.',
      },
      fix: { title: 'Remove "transient"', steps: [{ do: "set_field", node: "rest", path: ["transient"] }] },
    },
  ],
  schema_invalid: [
    {
      what: "a type that is written nearly right",
      nodes: [begin, agent("ask", { output: { type: "object", properties: { age: { type: "numbr" } } } })],
      edges: started("ask"),
      found: {
        path: "nodes.1.data.output.properties.age.type",
        node: "ask",
        detail: typed('ask, the schema in "output"'),
      },
      fix: {
        title: "Change to number",
        steps: [{ do: "set_field", node: "ask", path: ["output", "properties", "age", "type"], value: "number" }],
      },
    },
    {
      what: "such a type in the input",
      nodes: [begin],
      input: { type: "objct" },
      found: { path: "input.type", detail: typed("The schema of the input") },
      fix: { title: "Change to object", steps: [{ do: "set_input", path: ["type"], value: "object" }] },
    },
  ],
} satisfies Partial<Record<FindingCode, FindingCase[]>>;
