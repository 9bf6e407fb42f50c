import type { Approval } from "@signalbox/shared/api";
import type { Json } from "@signalbox/shared/json";
import { type Selectable, sql } from "kysely";
import type { Clock } from "../clock.ts";
import { SignalboxError } from "../errors.ts";
import type { Database, Tables } from "./database/tables.ts";
import { refuseDecider } from "./may-decide.ts";
import { type Page, pageOf, readCursor } from "./page.ts";
import type { Decider } from "./people.ts";
import { runAndBelow } from "./run-and-below.ts";
import { addToInbox } from "./run-store.ts";
import type { SpaceContext } from "./store.ts";

interface Vote {
  decision: "approve" | "reject";
  comment?: string | undefined;
  values?: { [key: string]: Json } | undefined;
}

export interface ApprovalStore {
  list: (
    context: SpaceContext,
    filter: { status?: string | undefined; run?: string | undefined },
    page: Page,
  ) => Promise<{ items: Approval[]; next: string | null }>;
  get: (context: SpaceContext, id: string) => Promise<Approval>;
  /** Takes a person's word, once: the row is the judge of who was first. The run hears of it through its inbox. */
  vote: (decider: Decider, id: string, vote: Vote) => Promise<Approval>;
}

type Row = Selectable<Tables["approval"]>;
type Votes = Approval["votes"];

export function createApprovalStore(
  db: Database,
  { clock, newId }: { clock: Clock; newId: () => string },
): ApprovalStore {
  async function vote(decider: Decider, id: string, given: Vote): Promise<void> {
    const { space, actor } = decider;
    const at = new Date(clock.now()).toISOString();
    await db.transaction().execute(async (tx) => {
      const row = await tx
        .selectFrom("approval")
        .selectAll()
        .where("id", "=", id)
        .where("space", "=", space)
        .forUpdate()
        .executeTakeFirst();
      if (!row) throw notFound();
      refuseLate(row);
      refuseDecider(wantedOf(row), decider);
      const votes = readVotes(row);
      const own = votes.find(({ by }) => by === actor);
      if (own) {
        const detail = `You have given your word on this already, at ${own.at}.`;
        throw new SignalboxError("already_decided", detail, { more: { by: actor, at: own.at, status: row.status } });
      }
      const all: Votes = [...votes, { by: actor, decision: given.decision, at }];
      const approvals = all.filter(({ decision }) => decision === "approve").length;
      const decided = given.decision === "reject" ? "rejected" : approvals >= row.quorum ? "approved" : undefined;
      await tx
        .updateTable("approval")
        .set({
          votes: JSON.stringify(all),
          ...(decided === undefined ? {} : { status: decided, decided_by: actor, decided_at: at }),
        })
        .where("id", "=", id)
        .execute();
      const entry = {
        kind: "vote" as const,
        approval: id,
        by: actor,
        decision: given.decision,
        ...(given.comment === undefined ? {} : { comment: given.comment }),
        ...(given.values === undefined ? {} : { values: given.values }),
        ...(decided === undefined ? {} : { decided: decided as "approved" | "rejected" }),
      };
      await addToInbox(tx, { id: newId(), run: row.run, entry, at });
    });
  }

  const select = () =>
    db
      .selectFrom("approval")
      .innerJoin("run", "run.id", "approval.run")
      .leftJoin("workflow", "workflow.id", "run.workflow")
      .selectAll("approval")
      .select(["run.workflow as workflow", "workflow.name as workflow_name"]);

  async function get({ space }: SpaceContext, id: string): Promise<Approval> {
    const row = await select().where("approval.id", "=", id).where("approval.space", "=", space).executeTakeFirst();
    if (!row) throw notFound();
    return readApproval(row);
  }

  return {
    get,
    vote: async (context, id, given) => {
      await vote(context, id, given);
      return await get(context, id);
    },
    list: async ({ space }, { status, run }, page) => {
      const after = readCursor(page.cursor);
      const rows = await select()
        .where("approval.space", "=", space)
        .$if(status !== undefined, (query) => query.where("approval.status", "=", status ?? ""))
        .$if(run !== undefined, (query) => query.where(sql<boolean>`approval.run in ${runAndBelow(run ?? "")}`))
        .$if(after !== undefined, (query) =>
          query.where(sql<boolean>`(approval.requested_at, approval.id) < (${after?.at}, ${after?.id})`),
        )
        .orderBy("approval.requested_at", "desc")
        .orderBy("approval.id", "desc")
        .limit(page.limit + 1)
        .execute();
      const { items, next } = pageOf(rows, page.limit, (row) => ({ at: row.requested_at, id: row.id }));
      return { items: items.map(readApproval), next };
    },
  };
}

function refuseLate({ status, decided_by: by, decided_at: at }: Row): void {
  if (status === "pending") return;
  const who = by === null ? "" : ` by ${by}${at === null ? "" : ` at ${at}`}`;
  throw new SignalboxError("already_decided", `This was ${status} already${who}.`, { more: { by, at, status } });
}

function notFound(): SignalboxError {
  return new SignalboxError("not_found", "There is no such approval.");
}

function readVotes({ votes }: Row): Votes {
  return JSON.parse(votes) as Votes;
}

function wantedOf({ assignees, not_by: notBy }: Row): Pick<Approval, "assignees" | "notBy"> {
  return { assignees: JSON.parse(assignees) as Approval["assignees"], notBy };
}

function readApproval(row: Row & { workflow: string | null; workflow_name: string | null }): Approval {
  return {
    id: row.id,
    run: row.run,
    workflow: row.workflow,
    workflowName: row.workflow_name,
    node: row.node,
    activation: row.activation,
    title: row.title,
    body: row.body,
    show: JSON.parse(row.show) as Json,
    form: JSON.parse(row.form) as Json,
    dueAt: row.due_at,
    requestedAt: row.requested_at,
    status: row.status as Approval["status"],
    quorum: row.quorum,
    votes: readVotes(row),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    ...wantedOf(row),
    remindedAt: row.reminded_at,
    escalatedAt: row.escalated_at,
  };
}
