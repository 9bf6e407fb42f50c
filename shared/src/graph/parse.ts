import type * as z from "zod";
import { issueSentence } from "../json/index.ts";
import { Graph } from "./graph.ts";
import { migrate } from "./migrate.ts";

/** Why a document is no graph: refused at once, with the path of the field at fault. */
export interface ShapeProblem {
  code: "validation_failed" | "unknown_field" | "unknown_type";
  path: string;
  detail: string;
}

/** A value from outside as a graph, or every reason why it is not one. Older formats are brought up first. */
export function parseGraph(value: unknown): { graph: Graph } | { problems: ShapeProblem[] } {
  const parsed = Graph.safeParse(migrate(value));
  if (parsed.success) return { graph: parsed.data };
  return { problems: parsed.error.issues.flatMap((issue) => shapeProblems(issue, value)) };
}

/** One zod issue in our words; `root` is what was parsed, to name what was found. */
export function shapeProblems(issue: z.core.$ZodIssue, root?: unknown): ShapeProblem[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      code: "unknown_field",
      path: [...path, key].join("."),
      detail: `The field "${key}" is not known here. Remove it, or check how it is written.`,
    }));
  }
  if (issue.code === "invalid_union" && "discriminator" in issue && issue.discriminator === "type") {
    const found = valueAt(root, issue.path);
    const detail = `There is no node type ${JSON.stringify(found) ?? "here"}.`;
    return [{ code: "unknown_type", path: path.join("."), detail }];
  }
  return [{ code: "validation_failed", path: path.join("."), detail: issueSentence(issue) }];
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return value;
}
