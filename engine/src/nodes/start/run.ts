import type { Runner } from "../runner.ts";

export const runStart: Runner<"start"> = {
  kind: "instant",
  run: (_node, values) => ({ handles: ["out"], output: values.expression("input") }),
};
