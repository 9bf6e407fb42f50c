import type { FastifyInstance, FastifyRequest } from "fastify";
import { SignalboxError } from "../errors.ts";
import type { Identity } from "../store/people.ts";
import { serveLive } from "../stream/live.ts";
import { identify } from "./identify.ts";
import type { AppParts } from "./ports.ts";

/** The WebSocket of live runs. Who connects is known before the upgrade. */
export function mountLive(app: FastifyInstance, parts: AppParts): void {
  const identities = new WeakMap<FastifyRequest, Identity>();
  app.get(
    "/api/v1/live",
    {
      websocket: true,
      preValidation: async (request) => {
        const { origin, authorization } = request.headers;
        if (origin === undefined && authorization === undefined) {
          throw new SignalboxError("unauthenticated", "Without an Origin header a bearer token is needed.");
        }
        identities.set(request, await identify(request, parts));
      },
    },
    // nothing may be awaited before the socket is listened to: a frame that came meanwhile would be lost
    (socket, request) => {
      const identity = identities.get(request);
      if (!identity) return socket.close(1008, "Sign in first.");
      serveLive(socket, identity, {
        store: parts.runStore,
        hub: parts.hub,
        isVisible: (context, run) => parts.runList.get(context, run).then(() => true, isMissing),
        onError: parts.onError,
      });
    },
  );
}

function isMissing(error: unknown): false {
  if (error instanceof SignalboxError && error.code === "not_found") return false;
  throw error;
}
