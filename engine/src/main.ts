import { enableCompileCache, flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// before anything large is loaded: starting takes about a second less with compiled code at hand
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/compiled", import.meta.url)));
const { runCommand } = await import("./commands/command.ts");
process.exitCode = await runCommand(process.argv.slice(2), { onReady: flushCompileCache });
