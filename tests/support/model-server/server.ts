import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "@signalbox/shared/json";
import type { Answer, HttpAnswer, RecordedAnswer, ScriptedAnswer } from "./answer.ts";
import { apiOf, bodyOf, type WireApi, wires } from "./wire.ts";

/** One request that the server got. */
export interface ReceivedRequest {
  /** Counts the requests from 0. */
  n: number;
  api: WireApi;
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: JsonObject;
  /** Whether the client went away before the answer was finished. */
  aborted: boolean;
  /** Settles when the answer was sent to its end or the client went away. */
  closed: Promise<void>;
}

/** The answers: one after another, or made for each request. */
export type Script = readonly Answer[] | ((request: ReceivedRequest, n: number) => Answer | Promise<Answer>);

/** A local server that speaks the wire formats of OpenAI (both APIs) and Anthropic. */
export interface ModelServer {
  url: string;
  /** For `OPENAI_BASE_URL`. */
  openAiUrl: string;
  /** For `ANTHROPIC_BASE_URL`. */
  anthropicUrl: string;
  requests: readonly ReceivedRequest[];
  /** Puts another script in place of the one before. Requests go on being counted. */
  play: (script: Script) => void;
  close: () => Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. */
export async function startModelServer({ script = [] }: { script?: Script } = {}): Promise<ModelServer> {
  const requests: ReceivedRequest[] = [];
  let playing = queued(script);
  const server = createServer((incoming, response) => {
    void serve(incoming, response, requests, () => playing).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // a server that listens on a port has an address with one
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    openAiUrl: `${url}/v1`,
    anthropicUrl: url,
    requests,
    play: (next) => {
      playing = queued(next);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

type Player = (request: ReceivedRequest) => Answer | Promise<Answer>;

function queued(script: Script): Player {
  if (typeof script === "function") return (request) => script(request, request.n);
  const left = [...script];
  // 400 is not tried again, so a script that is too short shows at once
  return () => left.shift() ?? { status: 400, error: { type: "test", message: "The script has no more answers." } };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  requests: ReceivedRequest[],
  player: () => Player,
): Promise<void> {
  const path = (incoming.url ?? "").split("?")[0] ?? "";
  const api = incoming.method === "POST" ? apiOf(path) : undefined;
  if (!api) {
    response.writeHead(404, { "content-type": "text/html" }).end("<html>There is no such page.</html>");
    return;
  }
  const body = JSON.parse(await text(incoming)) as JsonObject;
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const request: ReceivedRequest = {
    n: requests.length,
    api,
    path,
    headers: incoming.headers,
    body,
    aborted: false,
    closed,
  };
  response.on("close", () => {
    request.aborted = !response.writableFinished;
    resolve();
  });
  requests.push(request);
  const answer = await player()(request);
  if ("status" in answer) sendHttp(answer, api, response);
  else if ("sse" in answer) sendRecording(answer, response);
  else await sendScripted(answer, request, response);
}

function sendHttp(answer: HttpAnswer, api: WireApi, response: ServerResponse): void {
  const type = answer.contentType ?? "application/json";
  response.writeHead(answer.status, { "content-type": type, "x-request-id": "req_test", ...answer.headers });
  response.end(bodyOf(answer, api));
}

function sendRecording({ sse, chunkBytes }: RecordedAnswer, response: ServerResponse): void {
  startStream(response);
  const bytes = Buffer.from(sse, "utf8");
  if (chunkBytes === undefined) response.write(bytes);
  // Node joins what is written in one turn into one chunk, so the chunks are put together here: the client gets each one
  // as it is, wherever it cuts a character or a line
  else response.socket?.write(Buffer.concat(chunks(bytes, chunkBytes)));
  response.end();
}

function chunks(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, at) => {
    const piece = bytes.subarray(at * size, (at + 1) * size);
    return Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]);
  });
}

async function sendScripted(answer: ScriptedAnswer, request: ReceivedRequest, response: ServerResponse): Promise<void> {
  const model = typeof request.body.model === "string" ? request.body.model : "";
  startStream(response);
  for (const event of wires[request.api].events(answer, { model, n: request.n })) {
    if (answer.delayMs !== undefined) await sleep(answer.delayMs);
    if (response.destroyed) return;
    response.write(event);
  }
  // it stays open until the client goes
  if (answer.ending === "hang") return;
  if (answer.ending === "reset") {
    // what was written must have left before the connection is cut
    await new Promise((resolve) => response.write(": bye\n\n", resolve));
    response.socket?.resetAndDestroy();
    return;
  }
  if (typeof answer.ending === "object") response.write(wires[request.api].errorEvent(answer.ending.error));
  response.end();
}

function startStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
  response.flushHeaders();
}
