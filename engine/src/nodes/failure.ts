import type { Failure } from "@signalbox/shared/events";
import { SignalboxError } from "../errors.ts";

/** Anything thrown, as the log keeps it. What is no refusal of ours is a bug and says so without its innards. */
export function asFailure(error: unknown): Failure {
  if (error instanceof SignalboxError) return { code: error.code, message: error.message };
  if (isCoded(error)) return { code: error.code, message: error.message };
  return { code: "internal", message: "The engine failed here; its own log says why. This is a bug of Signalbox." };
}

/** Errors of shared's pure parts carry a code too. */
function isCoded(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error && error.name === "ExpressionError" && "code" in error && typeof error.code === "string"
  );
}

/** A node (or frame) has worked for as long as its `timeout` allows. */
export function timeUp(node: string): Failure {
  return { code: "timeout", message: `${node} took longer than its timeout allows.`, node };
}
