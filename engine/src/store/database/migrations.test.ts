import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, sql } from "kysely";
import { expect, test } from "vitest";
import { systemClock } from "../../clock.ts";
import { newId } from "../../new-id.ts";
import { smallGraph } from "../../testing/graphs.ts";
import { createRunStore } from "../run-store.ts";
import { migrate } from "./migrations.ts";
import type { Tables } from "./tables.ts";

const at = "2026-01-01T00:00:00.000Z";

test("runs of the first schema are there after the steps to the newest", async () => {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: await PGlite.create() }) });
  const graph = smallGraph({ nodes: [{ id: "start", type: "start", data: { comment: "é 🧑‍🚀" } }], edges: [] });
  const bodies = [1, 2].map((seq) => JSON.stringify({ type: "run.waiting", run: "run_1", seq, at }));
  await migrate(db, "0001-first");
  await sql`insert into space values ('space', 'Space', ${at})`.execute(db);
  for (const [id, key] of [
    ["run_1", "a key"],
    ["run_2", null],
  ]) {
    await sql`insert into run (id, space, status, graph, input, output, idempotency_key, epoch, last_seq, input_tokens,
      output_tokens, created_at) values (${id}, 'space', 'waiting', ${JSON.stringify(graph)}, '1', 'null', ${key}, 1, 2, 0, 0,
      ${at})`.execute(db);
  }
  for (const [index, body] of bodies.entries()) {
    await sql`insert into event values ('run_1', ${index + 1}, 1, ${at}, 'run.waiting', ${body})`.execute(db);
  }

  await migrate(db);

  const store = createRunStore(db, { clock: systemClock, newId });
  expect(await store.graphOfRun("run_1")).toEqual(graph);
  expect(await store.graphOfRun("run_2")).toEqual(graph);
  expect(await store.readEvents("run_1", 0, 10)).toEqual(bodies.map((body, index) => ({ seq: index + 1, body })));
  await db.destroy();
}, 60_000);
