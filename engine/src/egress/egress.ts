import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import { Agent, buildConnector, fetch as undiciFetch } from "undici";
import { SignalboxError } from "../errors.ts";
import { type Allowance, isAllowed, isMetadata, isPublic } from "./policy.ts";

export { parseAllowances } from "./policy.ts";

export interface EgressAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
  /** After redirects. */
  url: string;
}

interface EgressRequest {
  method: string;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  timeoutMs?: number;
  /** True unless set; otherwise the answer that leads elsewhere is given back as it is. */
  followsRedirects?: boolean;
}

/** The one door for everything that leaves the engine. */
export interface Egress {
  /** For tools: public addresses and what the operator allowed. */
  request: (url: string, request: EgressRequest) => Promise<EgressAnswer>;
  /** For the model SDKs: the same guard, and besides it the base URLs of the environment. */
  modelFetch: typeof fetch;
  close: () => Promise<void>;
}

export interface EgressOptions {
  allow?: readonly Allowance[];
  modelOrigins?: readonly string[];
  /** Our own ports, which no workflow may call. */
  denyPorts?: readonly number[];
  lookup?: (host: string) => Promise<string[]>;
}

const mostRedirects = 5;
const mostBytes = 10 * 1024 * 1024;
const defaultTimeoutMs = 30_000;
const idleStreamMs = 120_000;

/**
 * The address that is checked is the address that is connected to: every connection, so every redirect too, resolves
 * its host once, refuses it when any address is inside, and connects to one of exactly those addresses.
 */
export function createEgress(options: EgressOptions): Egress {
  const origins = new Set((options.modelOrigins ?? []).flatMap((url) => URL.parse(url)?.origin ?? []));
  const tools = new Agent({
    connect: guarded(options, () => false),
    headersTimeout: defaultTimeoutMs,
    bodyTimeout: defaultTimeoutMs,
  });
  const models = new Agent({
    connect: guarded(options, (origin) => origins.has(origin)),
    headersTimeout: idleStreamMs,
    bodyTimeout: idleStreamMs,
  });
  return {
    request: (url, request) => follow(url, request, tools),
    modelFetch: async (input, init) => {
      const target = new URL(input instanceof Request ? input.url : input);
      if (!origins.has(target.origin)) refuseUrl(target);
      try {
        // undici's fetch and the platform's are one code with two names for the same types
        const answer = await undiciFetch(input as string, {
          ...(init as object),
          dispatcher: models,
          redirect: "error",
        });
        return answer as unknown as Response;
      } catch (error) {
        throw denialOf(error) ?? error;
      }
    },
    close: async () => {
      await Promise.all([tools.destroy(), models.destroy()]);
    },
  };
}

function guarded(options: EgressOptions, isTrusted: (origin: string) => boolean) {
  const connect = buildConnector({ timeout: 10_000 });
  const { allow = [], denyPorts = [], lookup = resolveAll } = options;
  return (target: buildConnector.Options, done: buildConnector.Callback): void => {
    const host = target.hostname
      .replace(/^\[|\]$/g, "")
      .replace(/\.$/, "")
      .toLowerCase();
    const port = Number(target.port || (target.protocol === "https:" ? 443 : 80));
    const bracketed = host.includes(":") ? `[${host}]` : host;
    const origin = new URL(`${target.protocol}//${bracketed}:${port}`).origin;
    const find = isIP(host) === 0 ? lookup(host) : Promise.resolve([host]);
    find
      .then((addresses) => {
        const [first] = addresses;
        if (first === undefined) throw new SignalboxError("http_failed", `The host ${host} has no address.`);
        if (!isTrusted(origin)) refuseAddresses(host, port, addresses, allow, denyPorts);
        // the name stays for TLS and the Host header; the address is the one that was checked
        connect({ ...target, hostname: first, servername: isIP(host) === 0 ? host : (target.servername ?? "") }, done);
      })
      .catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null));
  };
}

async function resolveAll(host: string): Promise<string[]> {
  const found = await systemLookup(host, { all: true });
  return found.map(({ address }) => address);
}

function refuseAddresses(
  host: string,
  port: number,
  addresses: readonly string[],
  allow: readonly Allowance[],
  denyPorts: readonly number[],
): void {
  for (const address of addresses) {
    if (isMetadata(address)) throw denied(host, port);
    if (isAllowed(allow, host, address, port) && !denyPorts.includes(port)) continue;
    if (!isPublic(address) || (port !== 80 && port !== 443)) throw denied(host, port);
  }
}

function denied(host: string, port: number): SignalboxError {
  return new SignalboxError(
    "egress_denied",
    `${host}:${port} is internal or on an unusual port, so workflows may not call it. The operator can allow it with SIGNALBOX_EGRESS_ALLOW=${host}=<range>:${port}.`,
    { retryable: false },
  );
}

function refuseUrl(url: URL): void {
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new SignalboxError("egress_denied", `Only http and https are possible, not ${url.protocol}`, {
      retryable: false,
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw new SignalboxError("egress_denied", "A URL may not hold a user name or password.", { retryable: false });
  }
}

async function follow(start: string, request: EgressRequest, dispatcher: Agent): Promise<EgressAnswer> {
  const timeout = AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs);
  const signal = AbortSignal.any([request.signal, timeout]);
  let url = new URL(start);
  let { method, headers, body } = request;
  try {
    for (let redirects = 0; ; redirects += 1) {
      refuseUrl(url);
      const sent = { method, headers, signal, dispatcher, redirect: "manual" as const };
      const answer = await undiciFetch(url, body === undefined ? sent : { ...sent, body });
      const location = answer.headers.get("location");
      if (answer.status < 300 || answer.status >= 400 || location === null || request.followsRedirects === false) {
        return {
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: await bounded(answer.body),
          url: url.href,
        };
      }
      await answer.body?.cancel();
      if (redirects >= mostRedirects)
        throw new SignalboxError("http_failed", `${start} redirects more than ${mostRedirects} times.`);
      const next = new URL(location, url);
      if (url.protocol === "https:" && next.protocol === "http:") {
        throw new SignalboxError("egress_denied", `${url.host} redirects from https to http, which is not followed.`, {
          retryable: false,
        });
      }
      if (next.origin !== url.origin) headers = {};
      if (
        answer.status === 303 ||
        next.origin !== url.origin ||
        ((answer.status === 301 || answer.status === 302) && method === "POST")
      ) {
        body = undefined;
        if (method !== "HEAD") method = "GET";
      }
      url = next;
    }
  } catch (error) {
    throw explained(error, url, request.signal, timeout);
  }
}

async function bounded(stream: AsyncIterable<Uint8Array> | null): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) {
      throw new SignalboxError("response_too_large", `The answer is larger than ${mostBytes} bytes.`, {
        limit: mostBytes,
        retryable: false,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function explained(error: unknown, url: URL, given: AbortSignal, timeout: AbortSignal): Error {
  const denial = denialOf(error);
  if (denial) return denial;
  if (given.aborted) return new SignalboxError("cancelled", "The request was called off.", { retryable: false });
  if (timeout.aborted) return new SignalboxError("timeout", `${url.host} did not answer in time.`, { cause: error });
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  return new SignalboxError("http_failed", `${url.host} could not be reached: ${cause}`, { cause: error });
}

/** A refusal of ours that a library has wrapped in an error of its own. */
function denialOf(error: unknown): SignalboxError | undefined {
  let found: unknown = error;
  for (let depth = 0; depth < 5 && found instanceof Error; depth += 1) {
    if (found instanceof SignalboxError) return found;
    found = found.cause;
  }
  return undefined;
}
