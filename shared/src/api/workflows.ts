import * as z from "zod";
import { Fix } from "../fixes/index.ts";
import { Graph, GraphName } from "../graph/index.ts";
import { plainText } from "./problem.ts";

export const Workflow = z.object({
  id: z.string(),
  /** A slug unique in its space, by which subflows name it. */
  key: z.string(),
  name: z.string(),
  revision: z.int(),
  graph: Graph,
  publishedVersion: z.int().nullable(),
});
export type Workflow = z.infer<typeof Workflow>;

export const WorkflowSummary = Workflow.omit({ graph: true }).extend({ updatedAt: z.string() });
export type WorkflowSummary = z.infer<typeof WorkflowSummary>;

// the graph itself is parsed by `parseGraph`, which knows its older formats and has better words
export const CreateWorkflow = z.strictObject({ name: GraphName, graph: z.unknown().optional() });
export const SaveWorkflow = z.strictObject({
  graph: z.unknown(),
  revision: z.int().min(1).max(2_147_483_647),
  name: GraphName.optional(),
});
export const PublishWorkflow = z.strictObject({ note: plainText(5000).optional() });

export const Version = z.object({
  version: z.int(),
  note: z.string().nullable(),
  by: z.string(),
  createdAt: z.string(),
});
export type Version = z.infer<typeof Version>;

export const FindingList = z.object({
  items: z.array(
    z.object({
      severity: z.enum(["error", "warning"]),
      code: z.string(),
      path: z.string(),
      node: z.string().optional(),
      edge: z.string().optional(),
      detail: z.string(),
      range: z.object({ start: z.int(), end: z.int() }).optional(),
      fix: Fix.optional(),
    }),
  ),
});
export type FindingList = z.infer<typeof FindingList>;
