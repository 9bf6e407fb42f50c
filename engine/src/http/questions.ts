import { AnswerQuestion, listOf, Question, QuestionsQuery } from "@signalbox/shared/api";
import type { AppParts } from "./ports.ts";
import { defineRoute, type Route } from "./route.ts";

/** What agents ask people. */
export function questionRoutes({ questions, runs }: AppParts): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/questions",
      summary: "What agents ask, newest first",
      auth: "session",
      query: QuestionsQuery,
      answer: listOf(Question),
      handle: async ({ identity, query: { status, run, limit, cursor } }) => ({
        body: await questions.list(identity, { status, run }, { limit, cursor }),
      }),
    }),
    defineRoute({
      method: "GET",
      path: "/questions/:id",
      summary: "One question",
      auth: "session",
      answer: Question,
      handle: async ({ identity, params: { id = "" } }) => ({ body: await questions.get(identity, id) }),
    }),
    defineRoute({
      method: "POST",
      path: "/questions/:id",
      summary: "Answer",
      auth: "session",
      body: AnswerQuestion,
      answer: Question,
      handle: async ({ identity, params: { id = "" }, body: { answer } }) => {
        const answered = await questions.answer(identity, id, answer);
        runs.wake(answered.run);
        return { body: answered };
      },
    }),
  ];
}
