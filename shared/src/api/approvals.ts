import * as z from "zod";
import { Json } from "../json/index.ts";
import { Assignee } from "../nodes/index.ts";
import { PageQuery } from "./problem.ts";

export const ApprovalStatus = z.enum(["pending", "approved", "rejected", "expired", "cancelled"]);

export const Approval = z.object({
  id: z.string(),
  run: z.string(),
  workflow: z.string().nullable(),
  workflowName: z.string().nullable(),
  node: z.string(),
  activation: z.string(),
  title: z.string(),
  body: z.string().nullable(),
  show: Json,
  form: Json,
  dueAt: z.string().nullable(),
  requestedAt: z.string(),
  status: ApprovalStatus,
  quorum: z.int(),
  votes: z.array(z.object({ by: z.string(), decision: z.enum(["approve", "reject"]), at: z.string() })),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  /** Who may decide; anyone in the space where none are named. */
  assignees: z.array(Assignee),
  /** Who may not, having started the run. */
  notBy: z.string().nullable(),
  remindedAt: z.string().nullable(),
  /** When it went to others, nobody having answered in time. */
  escalatedAt: z.string().nullable(),
});
export type Approval = z.infer<typeof Approval>;

export const DecideApproval = z.strictObject({
  decision: z.enum(["approve", "reject"]),
  comment: z.string().max(5000).optional(),
  values: z.record(z.string(), Json).optional(),
});

export type DecideApproval = z.infer<typeof DecideApproval>;

export const ApprovalsQuery = PageQuery.extend({ status: ApprovalStatus.optional(), run: z.string().optional() });
