import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Config, isLoopback } from "../config.ts";
import { SignalboxError } from "../errors.ts";

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/** No name in an address holds a NUL, and no database takes one. */
export function refuseNul(app: FastifyInstance): void {
  app.addHook("onRequest", async ({ url }) => {
    if (url.includes("%00"))
      throw new SignalboxError("validation_failed", "An address may not hold the NUL character.");
  });
}

/**
 * Browsers can reach localhost from any page. Two gates before every handler: the Host must be a name of ours (against
 * rebound DNS names), and an Origin, where there is one, must be ours on whatever changes something or upgrades.
 */
export function guardOrigin(app: FastifyInstance, config: Config): void {
  app.addHook("onRequest", async (request) => {
    const host = request.headers.host ?? "";
    if (!isOurHost(host, config)) {
      throw new SignalboxError(
        "host_refused",
        "This host name is not one of this Signalbox. Set SIGNALBOX_PUBLIC_URL to it.",
      );
    }
    const { origin } = request.headers;
    if (origin === undefined || (safe.has(request.method) && !isUpgrade(request))) return;
    if (!isOurOrigin(origin, host, config)) {
      throw new SignalboxError("origin_refused", "This request comes from another site and was refused.");
    }
  });
}

function isUpgrade({ headers }: FastifyRequest): boolean {
  return headers.upgrade !== undefined;
}

function isOurHost(host: string, config: Config): boolean {
  if (config.publicUrl?.host === host) return true;
  const name = URL.parse(`http://${host}`)?.hostname ?? "";
  return isLoopback({ host: name.replace(/^\[|\]$/g, "") });
}

function isOurOrigin(origin: string, host: string, config: Config): boolean {
  if (config.publicUrl?.origin === origin) return true;
  return origin === `http://${host}` && isOurHost(host, config);
}
