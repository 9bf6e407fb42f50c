import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readMasterKey } from "./key-file.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "signalbox-key-"));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});
const file = () => join(home, ".config", "signalbox", "key");

test("the first start makes a key file that only its owner can read, and later ones use it", async () => {
  const first = await readMasterKey({ HOME: home });
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect((await readMasterKey({ HOME: home })).fingerprint).toBe(first.fingerprint);
});

test("two engines that start at once agree on one key", async () => {
  const keys = await Promise.all(Array.from({ length: 5 }, () => readMasterKey({ HOME: home })));
  expect(new Set(keys.map(({ fingerprint }) => fingerprint)).size).toBe(1);
});

test("the key of the environment goes before the file, and none is made", async () => {
  const given = await readMasterKey({ HOME: home, SIGNALBOX_KEY: "k".repeat(40) });
  await expect(readFile(file())).rejects.toThrow();
  expect((await readMasterKey({ HOME: home })).fingerprint).not.toBe(given.fingerprint);
  await expect(readMasterKey({ SIGNALBOX_KEY: "short" })).rejects.toMatchObject({ code: "configuration_invalid" });
});

test("a key file that is cut short is not taken for a key, and not written over", async () => {
  await readMasterKey({ HOME: home });
  await chmod(file(), 0o600);
  await writeFile(file(), "half");
  await expect(readMasterKey({ HOME: home })).rejects.toMatchObject({ code: "key_unusable" });
  expect(await readFile(file(), "utf8")).toBe("half");
});
