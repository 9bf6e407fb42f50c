import { readConfig, type Served, serve } from "@signalbox/engine/testing";
import type { RunSummary, Workflow } from "@signalbox/shared/api";
import { endsRun, type RunEvent } from "@signalbox/shared/events";
import { type RawData, WebSocket } from "ws";
import { freshPostgresUrl } from "./databases.ts";

export const ownerToken = "sbx_test_owner_token_that_is_long_enough";

/** A whole engine in this process, reached over real HTTP and WebSockets as its owner. */
export interface TestEngine extends Served {
  errors: unknown[];
  call: Call;
  /** Makes a workflow of this graph and starts its draft. */
  run: (graph: object, input?: unknown) => Promise<string>;
  /** The run's events up to the first that `holds`, over the WebSocket. */
  follow: (run: string, holds?: (event: RunEvent) => boolean, after?: number) => Promise<RunEvent[]>;
}

/** One HTTP call; who makes it says what the answer holds, where it looks into it. */
type Call = <Body = unknown>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{ status: number; body: Body; headers: Headers }>;

export type DatabaseKind = "embedded" | "postgres";
export const databaseKinds: readonly DatabaseKind[] = ["embedded", "postgres"];

export async function startEngine(
  kind: DatabaseKind,
  environment: Record<string, string> = {},
  flags: { data?: string } = {},
): Promise<TestEngine> {
  const databaseUrl =
    kind === "postgres" && !environment.DATABASE_URL ? { DATABASE_URL: await freshPostgresUrl() } : {};
  const config = readConfig(
    { SIGNALBOX_PORT: "0", SIGNALBOX_OWNER_TOKEN: ownerToken, ...databaseUrl, ...environment },
    flags,
  );
  const errors: unknown[] = [];
  const served = await serve(config, {
    onProgress: () => {},
    onError: (error) => errors.push(error),
    simulatedPauseMs: 0,
    inMemory: flags.data === undefined,
  });
  return { ...served, errors, ...clientOf(served.address) };
}

/** The calls of a program that knows the owner's token. */
export function clientOf(address: string): Pick<TestEngine, "call" | "run" | "follow"> {
  const call: Call = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${address}${path.startsWith("/") ? "" : "/api/v1/"}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ownerToken}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson =
      answer.headers.get("content-type")?.includes("json") && !answer.headers.get("content-type")?.includes("ndjson");
    return { status: answer.status, headers: answer.headers, body: isJson && text !== "" ? JSON.parse(text) : text };
  };
  return {
    call,
    run: async (graph, input) => {
      const made = await call<Workflow>("POST", "workflows", { name: "Test", graph });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      const started = await call<{ run: RunSummary }>("POST", `workflows/${made.body.id}/runs`, {
        version: "draft",
        ...(input === undefined ? {} : { input }),
      });
      if (started.status !== 202) throw new Error(JSON.stringify(started.body));
      return started.body.run.id;
    },
    follow: (run, holds = endsRun, after = 0) => follow(address, run, holds, after),
  };
}

function follow(address: string, run: string, holds: (event: RunEvent) => boolean, after: number): Promise<RunEvent[]> {
  const socket = new WebSocket(`${address.replace("http", "ws")}/api/v1/live`, {
    headers: { authorization: `Bearer ${ownerToken}` },
  });
  const events: RunEvent[] = [];
  return new Promise((resolve, reject) => {
    socket.on("open", () => socket.send(JSON.stringify({ type: "subscribe", run, after })));
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("The live socket was closed.")));
    socket.on("message", (data) => {
      const frame = JSON.parse(textOf(data));
      if (frame.type === "error") reject(new Error(JSON.stringify(frame)));
      if (frame.type !== "events") return;
      for (const event of frame.events as RunEvent[]) {
        events.push(event);
        if (!holds(event)) continue;
        // the next frame may be here already: what it holds was not asked for, and would stand after a gap
        socket.removeAllListeners("message").removeAllListeners("close");
        socket.close();
        resolve(events);
        return;
      }
    });
  });
}

/** What came over a socket, as text. */
export function textOf(data: RawData): string {
  return Buffer.concat([data].flat().map((part) => new Uint8Array(part))).toString();
}
