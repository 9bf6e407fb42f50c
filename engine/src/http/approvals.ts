import { Approval, ApprovalsQuery, DecideApproval, listOf } from "@signalbox/shared/api";
import type { JsonSchema } from "@signalbox/shared/json";
import { validateJson } from "@signalbox/shared/json-schema";
import { SignalboxError } from "../errors.ts";
import { refuseDecider } from "../store/may-decide.ts";
import type { AppParts } from "./ports.ts";
import { defineRoute, type Route } from "./route.ts";

/** The inbox of what people are asked. */
export function approvalRoutes({ approvals, runs }: AppParts): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/approvals",
      summary: "What people are asked, newest first",
      auth: "session",
      query: ApprovalsQuery,
      answer: listOf(Approval),
      handle: async ({ identity, query: { status, run, limit, cursor } }) => ({
        body: await approvals.list(identity, { status, run }, { limit, cursor }),
      }),
    }),
    defineRoute({
      method: "GET",
      path: "/approvals/:id",
      summary: "One approval",
      auth: "session",
      answer: Approval,
      handle: async ({ identity, params: { id = "" } }) => ({ body: await approvals.get(identity, id) }),
    }),
    defineRoute({
      method: "POST",
      path: "/approvals/:id",
      summary: "Approve or reject",
      auth: "session",
      body: DecideApproval,
      answer: Approval,
      handle: async ({ identity, params: { id = "" }, body }) => {
        const asked = await approvals.get(identity, id);
        const { form, status } = asked;
        // before the values: whoever may not decide need not learn how
        if (status === "pending") refuseDecider(asked, identity);
        // who approves has filled the form in: nothing said is a form with nothing in it
        const values = body.values ?? (form !== null && body.decision === "approve" ? {} : undefined);
        if (values !== undefined && status === "pending") refuseValues(form, values);
        const decided = await approvals.vote(identity, id, body);
        runs.wake(decided.run);
        return { body: decided };
      },
    }),
  ];
}

function refuseValues(form: Approval["form"], values: NonNullable<DecideApproval["values"]>): void {
  if (form === null || typeof form !== "object" || Array.isArray(form)) {
    throw new SignalboxError("validation_failed", "Nothing may be edited in this approval.", { path: "values" });
  }
  const schema: JsonSchema = { additionalProperties: false, ...form };
  const [misfit] = validateJson(schema, values);
  if (!misfit) return;
  const path = misfit.path === "" ? "values" : `values.${misfit.path}`;
  throw new SignalboxError("validation_failed", `${path}: ${misfit.detail}`, { path });
}
