import * as z from "zod";
import { Json } from "../json/index.ts";
import { PageQuery } from "./problem.ts";

const QuestionStatus = z.enum(["pending", "answered", "cancelled"]);

/** What an agent asks people. */
export const Question = z.object({
  id: z.string(),
  run: z.string(),
  workflow: z.string().nullable(),
  workflowName: z.string().nullable(),
  node: z.string(),
  activation: z.string(),
  text: z.string(),
  options: z.array(z.string()),
  status: QuestionStatus,
  askedAt: z.string(),
  answer: Json,
  answeredBy: z.string().nullable(),
  answeredAt: z.string().nullable(),
});
export type Question = z.infer<typeof Question>;

export const AnswerQuestion = z.strictObject({ answer: Json });

export const QuestionsQuery = PageQuery.extend({ status: QuestionStatus.optional(), run: z.string().optional() });
