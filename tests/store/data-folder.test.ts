import fs from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { guardFolder, openDatabase } from "@signalbox/engine/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const at = "2026-01-01T00:00:00.000Z";
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "signalbox-data-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

test("every commit to the data folder is synced to the disk, and is there after it was closed and opened", async () => {
  const folder = join(home, "kept");
  const progress: string[] = [];
  const first = await openDatabase({ folder }, (sentence) => progress.push(sentence));
  expect(progress).toHaveLength(1);
  const synced = vi.spyOn(fs, "fsyncSync");

  for (const id of ["a", "b", "c"]) {
    await first.db.insertInto("space").values({ id, name: id, created_at: at }).execute();
  }

  expect(synced.mock.calls.length).toBeGreaterThanOrEqual(3);
  synced.mockRestore();
  await first.close();
  const again = await openDatabase({ folder }, (sentence) => progress.push(sentence));
  expect(await again.db.selectFrom("space").select("id").orderBy("id").execute()).toEqual(
    ["a", "b", "c"].map((id) => ({ id })),
  );
  expect(progress).toHaveLength(1);
  await again.close();
});

test("a data folder is for one Signalbox at a time", async () => {
  const folder = join(home, "shared");
  const release = await guardFolder(folder);

  await expect(guardFolder(folder)).rejects.toMatchObject({ code: "data_in_use" });

  await release();
  const next = await guardFolder(folder);
  await next();
});
