import { SignalboxError } from "../../errors.ts";
import type { Runner } from "../runner.ts";

export const runLoop: Runner<"loop"> = {
  kind: "loop",
  open: ({ data: { maxIterations = 1 } }) => ({ maxIterations }),
  isDone: ({ id, data: { until = "true" } }, values) => {
    const done = values.expression(until);
    if (typeof done === "boolean") return done;
    throw new SignalboxError("expression_failed", `"Until" of ${id} is neither true nor false: "${until}".`);
  },
};
