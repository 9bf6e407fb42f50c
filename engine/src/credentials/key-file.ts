import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, unlink } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { SignalboxError } from "../errors.ts";
import { type MasterKey, masterKey } from "./seal.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const shortest = 32;

/** The key of `SIGNALBOX_KEY`, else of the key file, which is made where there is none; never beside the data. */
export async function readMasterKey(environment: Environment): Promise<MasterKey> {
  const given = environment.SIGNALBOX_KEY?.trim();
  if (given) {
    if (given.length >= shortest) return masterKey(given);
    const detail = `SIGNALBOX_KEY must be at least ${shortest} characters long. Correct it and start again.`;
    throw new SignalboxError("configuration_invalid", detail);
  }
  const file = keyFile(environment);
  return masterKey((await existing(file)) ?? (await made(file)));
}

function keyFile({ XDG_CONFIG_HOME, HOME }: Environment): string {
  return join(XDG_CONFIG_HOME || join(HOME || homedir(), ".config"), "signalbox", "key");
}

async function existing(file: string): Promise<string | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw unusable(file, error);
  });
  const key = text?.trim();
  if (key !== undefined && key.length < shortest) throw unusable(file);
  return key;
}

async function made(file: string): Promise<string> {
  const key = randomBytes(32).toString("base64url");
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    // written whole under another name first: who looks meanwhile finds a key or none, never half of one
    const draft = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
    const handle = await open(draft, "wx", 0o600);
    await handle.writeFile(`${key}\n`);
    await handle.sync();
    await handle.close();
    try {
      await link(draft, file);
    } finally {
      await unlink(draft);
    }
    return key;
  } catch (error) {
    // another engine that starts just now was first
    const other = await existing(file);
    if (other !== undefined) return other;
    throw unusable(file, error);
  }
}

function unusable(file: string, cause?: unknown): SignalboxError {
  const detail = `The key file ${file} cannot be used. Make it readable, or set SIGNALBOX_KEY to at least ${shortest} characters.`;
  return new SignalboxError("key_unusable", detail, { cause });
}
