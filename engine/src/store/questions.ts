import type { Question } from "@signalbox/shared/api";
import type { Json } from "@signalbox/shared/json";
import { type Selectable, sql } from "kysely";
import type { Clock } from "../clock.ts";
import { SignalboxError } from "../errors.ts";
import type { Database, Tables } from "./database/tables.ts";
import { type Page, pageOf, readCursor } from "./page.ts";
import { runAndBelow } from "./run-and-below.ts";
import { addToInbox } from "./run-store.ts";
import type { SpaceContext } from "./store.ts";

export interface QuestionStore {
  list: (
    context: SpaceContext,
    filter: { status?: string | undefined; run?: string | undefined },
    page: Page,
  ) => Promise<{ items: Question[]; next: string | null }>;
  get: (context: SpaceContext, id: string) => Promise<Question>;
  /** Takes a person's answer, once. The run hears of it through its inbox. */
  answer: (context: SpaceContext, id: string, answer: Json) => Promise<Question>;
}

type Row = Selectable<Tables["question"]> & { workflow: string | null; workflow_name: string | null };

export function createQuestionStore(
  db: Database,
  { clock, newId }: { clock: Clock; newId: () => string },
): QuestionStore {
  const select = () =>
    db
      .selectFrom("question")
      .innerJoin("run", "run.id", "question.run")
      .leftJoin("workflow", "workflow.id", "run.workflow")
      .selectAll("question")
      .select(["run.workflow as workflow", "workflow.name as workflow_name"]);

  async function get({ space }: SpaceContext, id: string): Promise<Question> {
    const row = await select().where("question.id", "=", id).where("question.space", "=", space).executeTakeFirst();
    if (!row) throw new SignalboxError("not_found", "There is no such question.");
    return readQuestion(row);
  }

  /** Whether this was the first answer. */
  async function answer({ space, actor }: SpaceContext, id: string, given: Json): Promise<boolean> {
    const at = new Date(clock.now()).toISOString();
    return await db.transaction().execute(async (tx) => {
      // the row is the judge of who was first
      const row = await tx
        .updateTable("question")
        .set({ status: "answered", answer: JSON.stringify(given), answered_by: actor, answered_at: at })
        .where("id", "=", id)
        .where("space", "=", space)
        .where("status", "=", "pending")
        .returning("run")
        .executeTakeFirst();
      if (!row) return false;
      const entry = { kind: "answer" as const, question: id, answer: given, by: actor };
      await addToInbox(tx, { id: newId(), run: row.run, entry, at });
      return true;
    });
  }

  return {
    get,
    answer: async (context, id, given) => {
      const isFirst = await answer(context, id, given);
      const question = await get(context, id);
      if (isFirst) return question;
      const { status, answeredBy: by, answeredAt } = question;
      const detail = `This was ${status} already${by === null ? "" : ` by ${by}`}.`;
      throw new SignalboxError("already_decided", detail, { more: { by, at: answeredAt, status } });
    },
    list: async ({ space }, { status, run }, page) => {
      const after = readCursor(page.cursor);
      const rows = await select()
        .where("question.space", "=", space)
        .$if(status !== undefined, (query) => query.where("question.status", "=", status ?? ""))
        .$if(run !== undefined, (query) => query.where(sql<boolean>`question.run in ${runAndBelow(run ?? "")}`))
        .$if(after !== undefined, (query) =>
          query.where(sql<boolean>`(question.asked_at, question.id) < (${after?.at}, ${after?.id})`),
        )
        .orderBy("question.asked_at", "desc")
        .orderBy("question.id", "desc")
        .limit(page.limit + 1)
        .execute();
      const { items, next } = pageOf(rows, page.limit, (row) => ({ at: row.asked_at, id: row.id }));
      return { items: items.map(readQuestion), next };
    },
  };
}

function readQuestion(row: Row): Question {
  return {
    id: row.id,
    run: row.run,
    workflow: row.workflow,
    workflowName: row.workflow_name,
    node: row.node,
    activation: row.activation,
    text: row.body,
    options: JSON.parse(row.options) as string[],
    status: row.status as Question["status"],
    askedAt: row.asked_at,
    answer: row.answer === null ? null : (JSON.parse(row.answer) as Json),
    answeredBy: row.answered_by,
    answeredAt: row.answered_at,
  };
}
