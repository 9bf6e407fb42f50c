import { FindingList, Problem } from "@signalbox/shared/api";
import * as z from "zod";

type Finding = FindingList["items"][number];

const Refusal = Problem.extend({ findings: z.unknown().optional() });

/** A refusal of the engine, in its own words. `code` is stable; `message` is for people. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: string;
  readonly status: number;
  readonly path: string | undefined;
  /** Why a graph is not run or published. */
  readonly findings: readonly Finding[];

  constructor(code: string, status: number, message: string, path?: string, findings: readonly Finding[] = []) {
    super(message);
    this.code = code;
    this.status = status;
    this.path = path;
    this.findings = findings;
  }
}

/** What the engine said no with; also for what is no answer of the engine at all. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const read = Refusal.safeParse(body);
  if (!read.success) return new ApiProblem("unreadable", status, `The engine answered ${status} without saying why.`);
  const { code, detail, path, findings } = read.data;
  const list = FindingList.safeParse({ items: findings });
  return new ApiProblem(code, status, detail, path, list.success ? list.data.items : []);
}

/** One sentence for people about whatever was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.message;
  if (error instanceof TypeError) return "The engine does not answer. Is it still running?";
  return error instanceof Error ? error.message : String(error);
}
