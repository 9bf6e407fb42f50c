import { SignalboxError } from "../errors.ts";
import type { CommandContext, ExitCode } from "./context.ts";
import { logError, say } from "./terminal.ts";

/** Each command in its own file, loaded only when it is asked for. */
const commands = {
  serve: async () => (await import("./serve.ts")).serveCommand,
  check: async () => (await import("./check.ts")).checkCommand,
  run: async () => (await import("./run.ts")).runGraphCommand,
};

/** Does what the words on the command line say, and gives the exit code. Refusals are told in a sentence with their code. */
export async function runCommand(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [first = "serve", ...rest] = words;
  const [name, args] = first.startsWith("-") ? ["serve", words] : [first, rest];
  try {
    if (!isCommand(name)) {
      const known = Object.keys(commands).join(", ");
      throw new SignalboxError("configuration_invalid", `There is no command "${name}". There are: ${known}.`);
    }
    const command = await commands[name]();
    return await command(args, context);
  } catch (error) {
    if (error instanceof SignalboxError) {
      say(`${error.message} (${error.code})`);
      return error.code === "configuration_invalid" ? 2 : 1;
    }
    if (isBadFlag(error)) {
      say(`${error.message} (configuration_invalid)`);
      return 2;
    }
    say("Signalbox failed here; this is a bug.");
    logError(error);
    return 1;
  }
}

function isCommand(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name);
}

/** A flag that parseArgs does not know or that lacks its value. */
function isBadFlag(error: unknown): error is Error {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
