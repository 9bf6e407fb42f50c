import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";
import type { OpenCredential } from "../store/credentials.ts";

interface ToolContext {
  signal: AbortSignal;
  /** The same for every attempt of one call of one run; sent along as `Idempotency-Key` where the other side may honour it. */
  idempotencyKey: string;
  /** Of the node, for a tool that takes one. */
  credential?: OpenCredential;
}

/** One thing a workflow can call. Facts first: the editor draws its form, the engine its permission, from them. */
export interface Tool {
  /** As `http.request`: a family and a verb. */
  name: string;
  title: string;
  description: string;
  input: JsonSchema;
  output: JsonSchema;
  /** Whether calling it twice is the same as calling it once: only then is it repeated after a crash unasked. */
  idempotent: boolean | ((args: JsonObject) => boolean);
  /** Whether it can be seen outside this process. */
  outside: boolean;
  /** Whether a node may give it a credential. */
  takesCredential?: boolean;
  /** `args` has passed `input`. Throws SignalboxError. */
  call: (args: JsonObject, context: ToolContext) => Promise<Json>;
}

/** Whether this very call may be repeated unasked. */
export function isIdempotent({ idempotent }: Pick<Tool, "idempotent">, args: JsonObject): boolean {
  return typeof idempotent === "function" ? idempotent(args) : idempotent;
}
