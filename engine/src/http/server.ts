import fastifyCookie from "@fastify/cookie";
import fastifyHelmet from "@fastify/helmet";
import fastifyWebsocket from "@fastify/websocket";
import { issueSentence, JsonLimits, parseJson } from "@signalbox/shared/json";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type * as z from "zod";
import { SignalboxError } from "../errors.ts";
import type { Identity } from "../store/people.ts";
import { answerErrors, refuseBody } from "./errors.ts";
import { identify } from "./identify.ts";
import { mountLive } from "./live.ts";
import { openApi } from "./open-api.ts";
import { guardOrigin, refuseNul } from "./origin.ts";
import type { AppParts } from "./ports.ts";
import { rootRoutes } from "./root.ts";
import type { Answer, Route } from "./route.ts";
import { mountEditor } from "./static.ts";

const defaultBodyLimit = 1024 * 1024;
const largestBody = 8 * 1024 * 1024;

/** The engine as an HTTP server; `routes` is everything under /api/v1. */
export async function createServer(parts: AppParts, routes: readonly Route[]): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: largestBody,
    requestTimeout: 90_000,
    connectionTimeout: 120_000,
    routerOptions: { maxParamLength: 500 },
  });
  answerErrors(app, parts.onError);
  endConnectionsOnClose(app);
  readJsonOnly(app);
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, securityHeaders(parts));
  await app.register(fastifyWebsocket, { options: { maxPayload: 64 * 1024 } });
  guardOrigin(app, parts.config);
  refuseNul(app);
  rootRoutes(app, parts);
  for (const route of routes) mount(app, route, parts);
  mount(app, openApi(routes), parts);
  refuseOtherMethods(app, routes);
  mountLive(app, parts);
  mountEditor(app, parts.editorFolder);
  return app;
}

function securityHeaders({ config }: AppParts) {
  const self = ["'self'"];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: self,
        // React writes style attributes; style elements come from our own files alone
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        connectSrc: self,
        fontSrc: self,
        workerSrc: ["'self'", "blob:"],
        manifestSrc: self,
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    hsts: config.publicUrl?.protocol === "https:",
    referrerPolicy: { policy: "no-referrer" as const },
    crossOriginEmbedderPolicy: false,
  };
}

/** An answer that is sent while the server closes ends its connection, which would else be kept for a next request. */
function endConnectionsOnClose(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
  });
  app.addHook("onSend", async (_request, reply) => {
    if (isClosing) reply.header("connection", "close");
  });
}

/** One door for bodies: JSON alone, as text first, so that nothing walks what was not yet measured. */
function readJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    const text = utf8(body);
    if (text === undefined) {
      done(new SignalboxError("invalid_json", "The body is not UTF-8, in which JSON is written."));
      return;
    }
    if (text === "") {
      done(null, undefined);
      return;
    }
    const parsed = parseJson(text, JsonLimits);
    if ("value" in parsed) done(null, parsed.value);
    else done(refuseBody(parsed.problem));
  });
}

function utf8(body: string | Buffer): string | undefined {
  if (typeof body === "string") return body;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function mount(app: FastifyInstance, route: Route, parts: AppParts): void {
  const limit = route.bodyLimit ?? defaultBodyLimit;
  app.route({
    method: route.method,
    url: `/api/v1${route.path}`,
    bodyLimit: limit,
    handler: async (request, reply) => {
      const identity = route.auth === "none" ? nobody : await identify(request, parts);
      const gone = new AbortController();
      reply.raw.once("close", () => gone.abort());
      const answer = await route.handle({
        params: request.params as Record<string, string>,
        query: parseWith(route.query, request.query ?? {}, "query"),
        body: parseWith(route.body, request.body ?? {}, "body"),
        identity,
        headers: request.headers,
        signal: gone.signal,
      });
      return send(reply, answer, route);
    },
  });
}

const nobody: Identity = { space: "", actor: "", person: { id: "", name: "" }, spaceName: "", roles: [] };

function parseWith(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    const path = [...issue.path, key].join(".");
    throw new SignalboxError("unknown_field", `The field "${key}" is not known here. Remove it.`, { path });
  }
  const path = issue?.path.map(String).join(".") ?? "";
  const detail = issue ? issueSentence(issue) : `The ${part} does not fit.`;
  throw new SignalboxError("validation_failed", detail, { path });
}

async function send(reply: FastifyReply, answer: Answer, route: Route): Promise<FastifyReply> {
  reply.code(answer.status ?? route.status ?? 200);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  if (answer.text) {
    reply.type(answer.text.type);
    const { content } = answer.text;
    if (typeof content === "string") return reply.send(content);
    const { Readable } = await import("node:stream");
    return reply.send(Readable.from(content));
  }
  if (answer.body === undefined) return reply.code(204).send();
  return reply.type("application/json; charset=utf-8").send(JSON.stringify(answer.body));
}

/** A known path with another method says so, and does not pretend that the path is not there. */
function refuseOtherMethods(app: FastifyInstance, routes: readonly Route[]): void {
  const methods = Map.groupBy(routes, ({ path }) => path);
  for (const [path, known] of methods) {
    const used = new Set<string>(known.map(({ method }) => method));
    const others = (["GET", "POST", "PUT", "DELETE", "PATCH"] as const).filter((method) => !used.has(method));
    app.route({
      method: others,
      url: `/api/v1${path}`,
      exposeHeadRoute: false,
      handler: (request: FastifyRequest) => {
        const allowed = [...used].join(", ");
        throw new SignalboxError("method_not_allowed", `${request.method} is not possible here. Use ${allowed}.`);
      },
    });
  }
}
