import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { SignalboxError } from "../../errors.ts";

/**
 * Takes a data folder for this process alone: the embedded database has no lock of its own, and two processes on one
 * folder silently lose each other's rows. The lock is a listening socket, so it dies with its process.
 */
export async function guardFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const address = socketOf(resolve(folder));
  const server = (await listen(address)) ?? (await takeOver(address, folder));
  server.unref();
  return async () => {
    server.close();
    await once(server, "close");
  };
}

/** A short path, as one over 108 bytes is cut off silently. */
function socketOf(folder: string): string {
  const name = `signalbox-${createHash("sha256").update(folder).digest("hex").slice(0, 24)}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

async function takeOver(address: string, folder: string): Promise<Server> {
  if (await answers(address)) throw inUse(folder);
  // left by a process that was killed
  await rm(address, { force: true });
  const server = await listen(address);
  if (!server) throw inUse(folder);
  return server;
}

function inUse(folder: string): SignalboxError {
  return new SignalboxError(
    "data_in_use",
    `Another Signalbox already works on ${folder}. Stop it, or give this one another folder with SIGNALBOX_DATA or --data.`,
  );
}

async function listen(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.end());
  server.listen(address);
  return await new Promise((done, fail) => {
    server.once("listening", () => done(server));
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? done(undefined) : fail(error),
    );
  });
}

async function answers(address: string): Promise<boolean> {
  const socket = connect(address);
  return await new Promise((done) => {
    socket.once("connect", () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });
}
