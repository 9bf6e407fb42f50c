import { resolve } from "node:path";
import * as z from "zod";
import { SignalboxError } from "./errors.ts";

/** How this engine is set up: the environment and the command's flags, read once. */
export interface Config {
  host: string;
  port: number;
  /** Where people reach it; the listening address unless said. */
  publicUrl: URL | null;
  data: string;
  databaseUrl: string | null;
  ownerToken: string | undefined;
  egressAllow: string;
  environment: Readonly<Record<string, string | undefined>>;
}

export interface Flags {
  port?: string | undefined;
  host?: string | undefined;
  data?: string | undefined;
  "database-url"?: string | undefined;
}

const loopback = new Set(["127.0.0.1", "::1", "localhost"]);
const Port = z.coerce.number().int().min(0).max(65_535);

export function readConfig(environment: Readonly<Record<string, string | undefined>>, flags: Flags = {}): Config {
  const setting = (name: string) => environment[name]?.trim() || undefined;
  const port = Port.safeParse(flags.port ?? setting("SIGNALBOX_PORT") ?? 4400);
  if (!port.success) refuse("SIGNALBOX_PORT", "a port from 0 to 65535");
  const host = flags.host ?? setting("SIGNALBOX_HOST") ?? "127.0.0.1";
  const url = setting("SIGNALBOX_PUBLIC_URL");
  if (url !== undefined && !/^https?:/.test(URL.parse(url)?.protocol ?? "")) {
    refuse("SIGNALBOX_PUBLIC_URL", "a full URL, as https://signalbox.example.com");
  }
  if (!loopback.has(host) && url === undefined) {
    const detail = `SIGNALBOX_HOST is ${host}, which others can reach. Set SIGNALBOX_PUBLIC_URL to the address they use, or leave the host at 127.0.0.1.`;
    throw new SignalboxError("configuration_invalid", detail);
  }
  const databaseUrl = flags["database-url"] ?? setting("DATABASE_URL") ?? null;
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    refuse("DATABASE_URL", "a PostgreSQL address, as postgres://user:password@host:5432/name");
  }
  const ownerToken = setting("SIGNALBOX_OWNER_TOKEN");
  if (ownerToken !== undefined && ownerToken.length < 32)
    refuse("SIGNALBOX_OWNER_TOKEN", "at least 32 characters long");
  return {
    host,
    port: port.data ?? 4400,
    publicUrl: url === undefined ? null : new URL(url),
    data: resolve(flags.data ?? setting("SIGNALBOX_DATA") ?? ".signalbox"),
    databaseUrl,
    ownerToken,
    egressAllow: setting("SIGNALBOX_EGRESS_ALLOW") ?? "",
    environment,
  };
}

function refuse(name: string, wanted: string): never {
  throw new SignalboxError("configuration_invalid", `${name} must be ${wanted}. Correct it and start again.`);
}

/** Whether only this machine can reach the engine. */
export function isLoopback({ host }: Pick<Config, "host">): boolean {
  return loopback.has(host);
}
