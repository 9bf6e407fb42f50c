import type { FastifyRequest } from "fastify";
import { SignalboxError } from "../errors.ts";
import type { Identity, People } from "../store/people.ts";

export const sessionCookie = "signalbox_session";

/** Who sends this request: by bearer token or session cookie, and by nothing else about it. */
export async function identify(request: FastifyRequest, { people }: { people: People }): Promise<Identity> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^bearer ([\x21-\x7e]{1,300})$/i.exec(authorization)?.[1];
    const identity = token === undefined ? undefined : await people.byToken(token);
    if (identity) return identity;
    throw new SignalboxError("unauthenticated", "This token is not known. Check the Authorization header.");
  }
  const secret = request.cookies[sessionCookie];
  const identity = secret === undefined ? undefined : await people.bySession(secret);
  if (identity) return identity;
  throw new SignalboxError("unauthenticated", "Sign in first: open the link that Signalbox printed when it started.");
}
