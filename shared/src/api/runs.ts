import * as z from "zod";
import { Failure } from "../events/index.ts";
import { Json } from "../json/index.ts";
import { PageQuery, plainText } from "./problem.ts";

export const RunStatus = z.enum(["queued", "running", "waiting", "completed", "failed", "cancelled"]);

export const RunSummary = z.object({
  id: z.string(),
  workflow: z.string().nullable(),
  version: z.union([z.int(), z.literal("draft")]).nullable(),
  status: RunStatus,
  input: Json,
  output: Json,
  error: Failure.nullable(),
  usage: z.object({
    inputTokens: z.number(),
    outputTokens: z.number(),
    costUsd: z.number().nullable(),
    ms: z.number(),
  }),
  lastSeq: z.int(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** Of the run of a subflow node: whose it is, and the first of them all. */
  parent: z.string().nullable(),
  root: z.string().nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const StartRun = z.strictObject({
  input: Json.optional(),
  version: z.union([z.int().min(1).max(2_147_483_647), z.literal("draft")]).optional(),
  idempotencyKey: plainText(200).min(1).optional(),
});
export type StartRun = z.infer<typeof StartRun>;
export const StartedRun = z.object({ run: RunSummary });

export const RunsQuery = PageQuery.extend({
  workflow: z.string().optional(),
  status: RunStatus.optional(),
  /** The runs that this run has made. */
  parent: z.string().optional(),
  q: z.string().max(200).optional(),
});

export const Resolve = z.strictObject({ decision: z.enum(["retry", "done", "fail"]), output: Json.optional() });
