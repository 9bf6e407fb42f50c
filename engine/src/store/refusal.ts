/** SQLSTATE classes of what a database will never take, however often it is asked: bad data, a broken rule, a limit. */
const refusals = new Set(["22", "23", "54"]);

/** Whether a database has refused a statement for good; else the same may work a moment later. */
export function isRefusal(error: unknown): boolean {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && code.length === 5 && refusals.has(code.slice(0, 2));
}
