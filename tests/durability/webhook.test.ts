import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Credential } from "@signalbox/shared/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawing, edge, node } from "../support/drawing.ts";
import { startEngineProcess } from "../support/engine-process.ts";
import { startLocalServer } from "../support/local-server.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-webhook-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a webhook whose receipt was lost in a crash is sent again under the id by which it is known", async () => {
  const receiver = await startLocalServer();
  const arrived = Promise.withResolvers<void>();
  receiver.answer = () => arrived.resolve();
  const environment = {
    SIGNALBOX_DATA: join(folder, "data"),
    SIGNALBOX_KEY: "a key of more than thirty-two characters",
    SIGNALBOX_EGRESS_ALLOW: receiver.allowance,
  };
  const first = await startEngineProcess(environment);
  const secret = { name: "Shop", kind: "webhook", hosts: ["127.0.0.1"], secret: { key: "a long text as the key" } };
  const { id } = (await first.call<Credential>("POST", "credentials", secret)).body;
  const args = { url: receiver.origin, payload: { order: 7 } };
  const tell = node("tell", "tool", { tool: "webhook.send", arguments: args, credential: { $credential: id } });
  const run = await first.run(drawing([node("start", "start"), tell], [edge("start", "tell")]));
  await arrived.promise;
  await first.kill();

  receiver.answer = (_asked, response) => response.writeHead(204).end();
  const second = await startEngineProcess(environment);
  const events = await second.follow(run);
  expect(events.at(-1)).toMatchObject({ type: "run.completed" });
  expect(receiver.asked.map(({ body }) => body)).toEqual(['{"order":7}', '{"order":7}']);
  expect(new Set(receiver.asked.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(await second.stop()).toBe(0);
  receiver.close();
});
