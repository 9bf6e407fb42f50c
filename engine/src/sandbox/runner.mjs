// The inside of the sandbox: one disposable process that runs one piece of people's code in QuickJS and ends. It holds
// no secret, no database and no socket, and is started without the right to files, processes or the network.
import variant from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";

const memoryBytes = 64 * 1024 * 1024;
const stackBytes = 512 * 1024;
const mostOutput = 1024 * 1024;
const mostLogs = 100;

const engine = await newQuickJSWASMModuleFromVariant(variant);
process.once("message", (job) => {
  const answer = run(job);
  process.send(answer, () => process.exit(0));
});
process.send("ready");

function run({ code, input, deadlineMs }) {
  const runtime = engine.newRuntime();
  runtime.setMemoryLimit(memoryBytes);
  runtime.setMaxStackSize(stackBytes);
  const end = Date.now() + deadlineMs;
  runtime.setInterruptHandler(() => Date.now() > end);
  const context = runtime.newContext();
  const logs = [];
  const log = context.newFunction("log", (...values) => {
    if (logs.length < mostLogs) logs.push(values.map((value) => String(context.dump(value)).slice(0, 1000)).join(" "));
  });
  const console = context.newObject();
  for (const name of ["log", "info", "warn", "error", "debug"]) context.setProp(console, name, log);
  context.setProp(context.global, "console", console);
  context.setProp(context.global, "__input", context.newString(input));
  // the code begins on the second line of the text that is run, which its error lines are corrected by
  const program = `(() => { const input = JSON.parse(__input); delete globalThis.__input; const value = (function (input) {\n${code}\n})(input); const kind = typeof value; if (kind === "function" || kind === "symbol" || kind === "bigint") throw new TypeError("The code returned a " + kind + ", which is no JSON."); if (value instanceof Promise) throw new TypeError("The code returned a promise. Code runs without async; return the value itself."); return JSON.stringify(value === undefined ? null : value); })()`;
  const result = context.evalCode(program, "code.js");
  if (result.error) {
    const error = context.dump(result.error);
    return { ok: false, ...explain(error, Date.now() > end), logs };
  }
  const output = context.getString(result.value);
  if (output.length > mostOutput) return { ok: false, kind: "large", logs };
  return { ok: true, output, logs };
}

function explain(error, late) {
  const message =
    typeof error === "object" && error !== null
      ? `${error.name ?? "Error"}: ${error.message ?? ""}`
      : `Error: ${error}`;
  if (late || message.includes("interrupted")) return { kind: "late" };
  const line = /code\.js:(\d+)/.exec(String(error?.stack ?? ""))?.[1];
  return { kind: "failed", message: message.slice(0, 2000), line: line === undefined ? null : Number(line) - 1 };
}
