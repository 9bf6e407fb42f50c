import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Json, parseJson } from "@signalbox/shared/json";
import * as z from "zod";
import { SignalboxError } from "../errors.ts";

/** Runs people's code where it can reach nothing: no files, no network, no secrets, no time beyond its deadline. */
export interface Sandbox {
  /** `code` is the body of a function of `input` that returns JSON. Throws `code_failed`, `code_timeout`, `code_output_too_large`. */
  run: (code: string, input: Json, options: { signal: AbortSignal; deadlineMs?: number }) => Promise<Json>;
  close: () => Promise<void>;
}

const Verdict = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), output: z.string(), logs: z.array(z.string()) }),
  z.object({
    ok: z.literal(false),
    kind: z.enum(["failed", "late", "large"]),
    message: z.string().optional(),
    line: z.number().nullable().optional(),
    logs: z.array(z.string()),
  }),
]);
type Verdict = z.infer<typeof Verdict>;

const defaultDeadlineMs = 5000;
/** A deadline inside QuickJS is none (an allocation loop ran 22 s past it): this much later the process is killed. */
const killAfterMs = 250;

/** Every run has a process of its own, used once; a few wait ready, as starting one takes a moment. */
export function createSandbox({ poolSize = 2 }: { poolSize?: number }): Sandbox {
  const ready: Promise<ChildProcess>[] = [];
  const alive = new Set<ChildProcess>();
  let closed = false;

  function take(): Promise<ChildProcess> {
    const child = ready.shift() ?? start(alive);
    while (!closed && ready.length < poolSize) {
      const next = start(alive);
      // one that fails to start is told to whoever takes it
      next.catch(() => undefined);
      ready.push(next);
    }
    return child;
  }

  return {
    run: async (code, input, { signal, deadlineMs = defaultDeadlineMs }) => {
      if (closed) throw new SignalboxError("cancelled", "The sandbox is closed.");
      let child = await take();
      // one may have died while it waited in the pool
      while (!child.connected) child = await take();
      try {
        const verdict = await ask(child, { code, input: JSON.stringify(input), deadlineMs }, signal);
        return readVerdict(verdict, deadlineMs);
      } finally {
        child.kill("SIGKILL");
      }
    },
    close: async () => {
      closed = true;
      for (const child of alive) child.kill("SIGKILL");
      await Promise.allSettled(ready);
      for (const child of alive) child.kill("SIGKILL");
    },
  };
}

async function start(alive: Set<ChildProcess>): Promise<ChildProcess> {
  const runner = fileURLToPath(new URL("./runner.mjs", import.meta.url));
  const child = fork(runner, [], {
    execArgv: [
      "--permission",
      ...readable(runner).map((folder) => `--allow-fs-read=${folder}`),
      "--disallow-code-generation-from-strings",
      "--disable-proto=delete",
      "--max-old-space-size=128",
      "--no-warnings",
    ],
    env: {},
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "json",
  });
  alive.add(child);
  child.once("exit", () => alive.delete(child));
  // waiting in the pool, it must not keep the engine alive
  child.unref();
  child.channel?.unref();
  await new Promise<void>((done, fail) => {
    let log = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
    });
    child.once("message", () => done());
    child.once("exit", () => fail(new SignalboxError("internal", `The sandbox did not start. ${log.slice(0, 500)}`)));
    child.once("error", fail);
  });
  return child;
}

/** The runner and the folders of installed packages, which hold nothing but published code. */
function readable(runner: string): string[] {
  const installed = createRequire(import.meta.url).resolve("quickjs-emscripten-core");
  const engine = join(dirname(runner), "..", "..");
  const packages = installed.slice(0, installed.indexOf("node_modules") + "node_modules".length);
  return [runner, join(engine, "package.json"), join(engine, "node_modules"), packages];
}

function ask(
  child: ChildProcess,
  job: { code: string; input: string; deadlineMs: number },
  signal: AbortSignal,
): Promise<Verdict> {
  return new Promise((done, fail) => {
    const late = () => new SignalboxError("code_timeout", deadlineSentence(job.deadlineMs));
    const timer = setTimeout(() => finish(() => fail(late())), job.deadlineMs + killAfterMs);
    const onAbort = () =>
      finish(() => fail(new SignalboxError("cancelled", "The code was called off.", { retryable: false })));
    const onExit = () => {
      const detail = "The code used more memory than it may, or broke its sandbox. Work on less at a time.";
      finish(() => fail(new SignalboxError("code_failed", detail)));
    };
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      child.removeListener("close", onExit);
      settle();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) {
      onAbort();
      return;
    }
    // not "exit", which may come before the last message has been read
    child.once("close", onExit);
    child.once("message", (message) => {
      const verdict = Verdict.safeParse(message);
      if (verdict.success) finish(() => done(verdict.data));
      else onExit();
    });
    child.send(job);
  });
}

function readVerdict(verdict: Verdict, deadlineMs: number): Json {
  if (verdict.ok) {
    const parsed = parseJson(verdict.output);
    if ("value" in parsed) return parsed.value;
    throw new SignalboxError("code_failed", `What the code returned cannot be taken: ${parsed.problem.detail}`);
  }
  const facts = { more: { logs: verdict.logs } };
  if (verdict.kind === "late") throw new SignalboxError("code_timeout", deadlineSentence(deadlineMs), facts);
  if (verdict.kind === "large") {
    throw new SignalboxError("code_output_too_large", "The code returned more than 1 MiB. Return less.", facts);
  }
  const where = verdict.line == null ? "" : ` (line ${verdict.line})`;
  throw new SignalboxError(
    "code_failed",
    `The code failed${where}: ${verdict.message ?? "for no stated reason"}`,
    facts,
  );
}

function deadlineSentence(deadlineMs: number): string {
  return `The code took longer than ${deadlineMs} ms. Make it shorter, or work on less at a time.`;
}
