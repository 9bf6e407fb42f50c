import * as z from "zod";
import { type Json, JsonObject, type JsonSchema } from "../json/index.ts";
import { type ExpressionSite, field, inForm } from "./define.ts";

/** A span of time as people write it: a whole number and ms, s, m, h or d. */
export const durationPattern = /^(0|[1-9][0-9]{0,8})(ms|s|m|h|d)$/;
export const Duration = z.string().regex(durationPattern, 'Write a duration as "250ms", "30s", "5m", "2h" or "3d".');

const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration that has passed `Duration`. */
export function durationMs(duration: string): number {
  const [, amount = "0", unit = "ms"] = durationPattern.exec(duration) ?? [];
  return Number(amount) * (unitMs[unit] ?? 1);
}

const label = z.string().max(200).meta(field("Label", "text"));
const comment = z
  .string()
  .max(5000)
  .meta(field("Comment", "multiline", "For people; it has no effect on a run."));

export const Retry = z.strictObject({
  attempts: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .meta({ title: "Attempts", description: "Tries in all, the first one too." }),
  backoff: Duration.optional().meta(field("First wait", "duration", "Doubled after each try.")),
  maxDelay: Duration.optional().meta(field("Longest wait", "duration")),
});
export type Retry = z.infer<typeof Retry>;

export const Join = z.union([z.enum(["all", "any"]), z.strictObject({ count: z.int().min(1).max(10_000) })]);
export type Join = z.infer<typeof Join>;

/** How a frame of lanes is joined: `settled` waits for all and turns a failure into a value. */
export const LaneJoin = z.union([Join, z.literal("settled")]);
export type LaneJoin = z.infer<typeof LaneJoin>;

/** Fields of every node that runs. */
export const commonFields = {
  label: label.optional(),
  join: Join.optional().meta(
    inForm(
      { title: "Starts when", description: "Matters where several edges come in." },
      {
        more: true,
        usual: "all",
        labels: {
          all: "All ways in are done",
          any: "The first way in is taken",
          count: "A number of ways in are taken",
        },
      },
    ),
  ),
  comment: comment.optional(),
};

/** Fields of every node whose work can fail or take long. */
export const workFields = {
  ...commonFields,
  retry: Retry.optional().meta(inForm({ title: "Retry" }, { more: true })),
  timeout: Duration.optional().meta(inForm(field("Timeout", "duration", "Covers all attempts."), { more: true })),
};

/** Every node may carry these, where they mean nothing too: a file that was written for it stays one. */
const silent = {
  join: Join.optional().meta({ title: "Starts when", editor: "hidden" }),
  retry: Retry.optional().meta({ title: "Retry", editor: "hidden" }),
  timeout: Duration.optional().meta(field("Timeout", "hidden")),
};

/** Common fields of a node that ends in the moment it starts: nothing to try again, and no time passes. */
export const instantFields = { ...silent, ...commonFields };

/** Common fields of a frame; what leads into it joins by `all` whatever its `join` says, which speaks of lanes. */
export const frameFields = {
  label: commonFields.label,
  join: silent.join,
  timeout: workFields.timeout,
  retry: silent.retry,
  comment: commonFields.comment,
};

/** Fields of a node that only says something. */
export const remarkFields = {
  label: label.optional().meta({ title: "Label", editor: "hidden" }),
  ...silent,
  comment: comment.optional(),
};

/** A JSON Schema inside a graph; its own correctness is a finding, not a matter of shape. */
export const SchemaField = JsonObject as z.ZodType<JsonSchema>;

/** Text in which `{{ … }}` is filled in. */
export const Template = z.string().max(100_000);
/** Bare CEL. */
export const Expression = z.string().max(2048);

/** Every string in a value, as a template. */
export function templatesIn(value: Json | undefined, path: readonly (string | number)[]): ExpressionSite[] {
  if (typeof value === "string") return [{ path, source: value, kind: "template", expect: "any" }];
  if (Array.isArray(value)) return value.flatMap((item, index) => templatesIn(item, [...path, index]));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, item]) => templatesIn(item, [...path, key]));
}

/** A bare expression, where there is one. */
export function expressionAt(
  source: string | undefined,
  path: readonly (string | number)[],
  expect: ExpressionSite["expect"],
): ExpressionSite[] {
  return source === undefined || source === "" ? [] : [{ path, source, kind: "expression", expect }];
}

/** What an `error` handle carries. */
export const failureSchema: JsonSchema = {
  type: "object",
  properties: {
    code: { type: "string" },
    message: { type: "string" },
    node: { type: "string" },
    attempt: { type: "integer" },
  },
};
