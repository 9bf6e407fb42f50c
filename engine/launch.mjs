// The two commands of the README, on a machine that has only an older Node and npm. Plain JavaScript without any
// dependency, since it runs before anything is installed: it brings a newer Node and pnpm from the npm registry for
// itself alone, installs, and hands over. Who has Node >= 24 and pnpm >= 11 pays nothing of that.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const engine = fileURLToPath(new URL("src/main.ts", import.meta.url));
const toolchain = ["-y", "-p", "node@26.10.0", "-p", "pnpm@12.21.0", "-c"];
const onWindows = process.platform === "win32";
const [job = "start", ...rest] = process.argv.slice(2);
const quiet = job === "signalbox";

const hasTools = major(process.version) >= 24 && major(versionOf("pnpm")) >= 11;

if (!hasTools) {
  say("Getting Node 26 and pnpm 12 for this command alone (about 90 MB, once) …");
  run(
    "node --version && pnpm --version",
    true,
    "Node and pnpm could not be had from the npm registry. Check the network and the registry that npm is set to, then try again.",
  );
}
say("Installing packages …");
run(
  "pnpm install --frozen-lockfile",
  quiet,
  "The packages could not be installed. The lines above say why; most often the npm registry is out of reach or the disk is full.",
);
if (job === "start") {
  say("Building the editor …");
  run("pnpm build", false, "The editor could not be built. The lines above say why.");
  say("Starting the engine …");
  handOver(root, "serve", ...rest);
} else if (job === "signalbox") {
  // files are named from where the person stands, which npm keeps here
  handOver(process.env.INIT_CWD ?? process.cwd(), ...rest);
} else {
  say("Checking and testing everything; this takes some minutes …");
  const { status } = shell("pnpm verify", "inherit");
  say(status === 0 ? "Everything passes." : "Something failed. The first failure above is the one to look at.");
  process.exit(status ?? 1);
}

/** Runs a line with the newer Node and pnpm first on the path. */
function shell(line, stdio) {
  const options = { cwd: root, stdio };
  if (hasTools) return spawnSync(line, { ...options, shell: true });
  // on Windows npx is a script, which only a shell can start
  return onWindows
    ? spawnSync(`npx ${toolchain.join(" ")} "${line}"`, { ...options, shell: true })
    : spawnSync("npx", [...toolchain, line], options);
}

function run(line, silent, help) {
  const { status, stdout, stderr } = shell(line, silent ? "pipe" : "inherit");
  if (status === 0) return;
  if (silent) process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
  process.stderr.write(`${help}\n`);
  process.exit(1);
}

/** Puts the engine in this command's place: its output, its exit code, and the signals that are sent to us. */
function handOver(cwd, ...args) {
  const node = hasTools ? process.execPath : String(shell("node -p process.execPath", "pipe").stdout).trim();
  const child = spawn(node, [engine, ...args], { cwd, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

function versionOf(command) {
  const { status, stdout } = spawnSync(`${command} --version`, { shell: true });
  return status === 0 ? String(stdout).trim() : "0";
}

function major(version) {
  return Number.parseInt(version.replace(/^v/, ""), 10);
}

function say(sentence) {
  if (!quiet) process.stderr.write(`${sentence}\n`);
}
