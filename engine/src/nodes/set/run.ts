import type { Runner } from "../runner.ts";

export const runSet: Runner<"set"> = {
  kind: "instant",
  run: ({ data }, values) => ({ handles: ["out"], output: values.deep(data.values ?? {}) }),
};
