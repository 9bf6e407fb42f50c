import { CreateCredential, Credential, listOf, PageQuery } from "@signalbox/shared/api";
import type { AppParts } from "./ports.ts";
import { defineRoute, type Route } from "./route.ts";

/** Secrets that workflows use: they go in, and no route gives one out. */
export function credentialRoutes({ credentials }: AppParts): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/credentials",
      summary: "Credentials without their secrets, newest first",
      auth: "session",
      query: PageQuery,
      answer: listOf(Credential),
      handle: async ({ identity, query }) => ({ body: await credentials.list(identity, query) }),
    }),
    defineRoute({
      method: "POST",
      path: "/credentials",
      summary: "Keep a secret, bound to the hosts it may be sent to",
      auth: "session",
      body: CreateCredential,
      answer: Credential,
      status: 201,
      handle: async ({ identity, body }) => ({ body: await credentials.create(identity, body) }),
    }),
    defineRoute({
      method: "DELETE",
      path: "/credentials/:id",
      summary: "Forget a secret",
      auth: "session",
      handle: async ({ identity, params: { id = "" } }) => {
        await credentials.remove(identity, id);
        return { status: 204 };
      },
    }),
  ];
}
