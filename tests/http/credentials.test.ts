import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { Credential, RunSummary } from "@signalbox/shared/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawing, edge, node } from "../support/drawing.ts";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";

const canary = "SECRETCANARY_4f1c9a7e2b";

/** Calls a URL with a credential and gives back what came. */
const calls = (url: string, credential: string, args: object = {}) =>
  drawing(
    [
      node("start", "start"),
      node("fetch", "tool", {
        tool: "http.request",
        arguments: { url, ...args },
        credential: { $credential: credential },
      }),
      node("stop", "end", { output: "{{ fetch.body }}" }),
    ],
    [edge("start", "fetch"), edge("fetch", "stop")],
  );

describe.each(databaseKinds)("credentials on %s", (kind) => {
  let engine: TestEngine;
  let server: Server;
  let port: number;
  const received: IncomingHttpHeaders[] = [];

  beforeAll(async () => {
    // a server that says back whatever it is told, as badly behaved ones do
    server = createServer((request, response) => {
      received.push(request.headers);
      const said = Object.entries(request.headers).map(([name, value]) => `${name}=${value}`);
      response.statusCode = request.url === "/bad" ? 500 : 200;
      response.end(`you said ${said.join("; ")}`);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    port = typeof address === "object" && address ? address.port : 0;
    engine = await startEngine(kind, { SIGNALBOX_EGRESS_ALLOW: `127.0.0.1=127.0.0.1/32:${port}` });
  });
  afterAll(async () => {
    await engine.stop(0);
    server.close();
    expect(engine.errors).toEqual([]);
  });

  const make = (body: object) => engine.call<Credential>("POST", "credentials", { name: "Key", ...body });
  const runIt = async (graph: object) => {
    const run = await engine.run(graph);
    await engine.follow(run);
    return { run, ...(await engine.call<RunSummary>("GET", `runs/${run}`)).body };
  };
  const everythingOf = async (run: string) =>
    JSON.stringify([
      (await engine.call("GET", `runs/${run}/events?limit=500`)).body,
      (await engine.call("GET", `runs/${run}/export`)).body,
      (await engine.call("GET", `runs/${run}/state`)).body,
      (await engine.call("GET", `runs/${run}`)).body,
      (await engine.call("GET", "credentials")).body,
    ]);

  test.each([
    ["bearer", { token: canary }, "authorization", `Bearer ${canary}`],
    ["header", { name: "X-Api-Key", value: canary }, "x-api-key", canary],
    ["basic", { user: "ada", password: canary }, "authorization", `Basic ${btoa(`ada:${canary}`)}`],
  ])(
    "a %s secret reaches the host it is bound to, and is nowhere else to be found",
    async (type, secret, name, sent) => {
      const made = await make({ kind: type, hosts: ["127.0.0.1"], secret });
      expect(made.status).toBe(201);
      expect(JSON.stringify(made.body)).not.toContain(canary);
      for (const path of ["", "bad"]) {
        const { run } = await runIt(calls(`http://127.0.0.1:${port}/${path}`, made.body.id));
        expect(received.at(-1)?.[name]).toBe(sent);
        const everything = await everythingOf(run);
        expect(everything).toContain("you said");
        for (const form of [canary, btoa(canary), btoa(`ada:${canary}`)]) expect(everything).not.toContain(form);
      }
    },
  );

  test("it is not sent to another host, whatever the arguments say", async () => {
    const { body } = await make({ kind: "bearer", hosts: ["api.example.com"], secret: { token: canary } });
    const before = received.length;
    const { status, error } = await runIt(calls(`http://127.0.0.1:${port}/`, body.id));
    expect({ status, error }).toMatchObject({ status: "failed", error: { code: "credential_host_denied" } });
    expect(received).toHaveLength(before);
  });

  test("no argument takes its place", async () => {
    const { body } = await make({ kind: "bearer", hosts: ["127.0.0.1"], secret: { token: canary } });
    await runIt(calls(`http://127.0.0.1:${port}/`, body.id, { headers: { Authorization: "Bearer mine" } }));
    expect(received.at(-1)?.authorization).toBe(`Bearer ${canary}`);
  });

  test("what is forgotten cannot be used, and a secret of the wrong shape is refused with its field", async () => {
    const { body } = await make({ kind: "bearer", hosts: ["127.0.0.1"], secret: { token: canary } });
    expect((await engine.call("DELETE", `credentials/${body.id}`)).status).toBe(204);
    expect((await engine.call("DELETE", `credentials/${body.id}`)).status).toBe(404);
    const run = await engine.call("POST", "workflows", { name: "x", graph: calls("http://127.0.0.1", body.id) });
    expect(run.status).toBe(201);
    for (const [bad, path] of [
      [{ kind: "bearer", hosts: [], secret: { token: "x" } }, "hosts"],
      [{ kind: "bearer", hosts: ["a.b"], secret: {} }, "secret.token"],
      [{ kind: "bearer", hosts: ["http://a.b"], secret: { token: "x" } }, "hosts.0"],
    ] as const) {
      expect(await make(bad)).toMatchObject({ status: 400, body: { path } });
    }
  });
});
