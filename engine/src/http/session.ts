import { Login, Me } from "@signalbox/shared/api";
import { SignalboxError } from "../errors.ts";
import { sessionCookie } from "./identify.ts";
import type { AppParts } from "./ports.ts";
import { defineRoute, type Route } from "./route.ts";
import { createTokenBucket } from "./token-bucket.ts";

/** Signing in and out. */
export function sessionRoutes({ people, welcome, config, clock }: AppParts): Route[] {
  const secure = config.publicUrl?.protocol === "https:";
  const attempts = createTokenBucket({ size: 10, perMinute: 10 }, clock);
  const cookie = (value: string, maxAge: number) =>
    `${sessionCookie}=${value}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${maxAge}${secure ? "; Secure" : ""}`;
  return [
    defineRoute({
      method: "POST",
      path: "/login",
      summary: "Sign in with the one-time token of the link that was printed at the start",
      auth: "none",
      body: Login,
      answer: Me,
      handle: async ({ body: { token } }) => {
        if (!attempts.take()) throw new SignalboxError("rate_limited", "Too many attempts to sign in. Wait a minute.");
        if (!welcome.redeem(token)) {
          const detail = "This sign-in link was used already or is too old. Restart Signalbox and open the new one.";
          throw new SignalboxError("unauthenticated", detail);
        }
        const secret = await people.openSession(await people.ensureOwner(undefined));
        const identity = await people.bySession(secret);
        if (!identity) throw new SignalboxError("internal", "The session could not be opened.");
        return {
          headers: { "set-cookie": cookie(secret, 30 * 24 * 3600) },
          body: { person: identity.person, space: { id: identity.space, name: identity.spaceName } },
        };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/logout",
      summary: "Sign out",
      auth: "session",
      handle: async ({ headers }) => {
        const secret = new RegExp(`(?:^|; )${sessionCookie}=([^;]+)`).exec(headers.cookie ?? "")?.[1];
        if (secret !== undefined) await people.closeSession(secret);
        return { status: 204, headers: { "set-cookie": cookie("", 0) } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/me",
      summary: "Who one is, and where",
      auth: "session",
      answer: Me,
      handle: async ({ identity: { person, space, spaceName } }) => ({
        body: { person, space: { id: space, name: spaceName } },
      }),
    }),
  ];
}
