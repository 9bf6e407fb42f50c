import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { clientOf, ownerToken, type TestEngine } from "./engine.ts";

const main = fileURLToPath(new URL("../../engine/src/main.ts", import.meta.url));

/** The engine as a process of its own, to be killed. */
export interface EngineProcess extends Pick<TestEngine, "call" | "run" | "follow"> {
  address: string;
  welcomeUrl: string;
  /** SIGKILL: no time for anything. */
  kill: () => Promise<void>;
  /** SIGTERM, and its exit code. */
  stop: () => Promise<number | null>;
}

export async function startEngineProcess(environment: Record<string, string>): Promise<EngineProcess> {
  const child = spawn(process.execPath, [main, "serve"], {
    env: { PATH: process.env.PATH, SIGNALBOX_PORT: "0", SIGNALBOX_OWNER_TOKEN: ownerToken, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  const welcomeUrl = await readyLine(child);
  const address = new URL(welcomeUrl).origin;
  return {
    address,
    welcomeUrl,
    ...clientOf(address),
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    stop: async () => {
      child.kill("SIGTERM");
      const [code] = await exited;
      return code;
    },
  };
}

function readyLine(child: ChildProcess): Promise<string> {
  let output = "";
  let log = "";
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (chunk) => {
      log += chunk;
    });
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      const url = /Signalbox is ready: (\S+)/.exec(output)?.[1];
      if (url) resolve(url);
    });
    child.once("exit", (code) => reject(new Error(`The engine ended with ${code} before it was ready.\n${log}`)));
  });
}
