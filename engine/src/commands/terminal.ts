/** Tells the person at the terminal something; what programs read goes to standard output alone. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** What a program may read of a command. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A failure that is no refusal of ours, whole. */
export function logError(error: unknown): void {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
