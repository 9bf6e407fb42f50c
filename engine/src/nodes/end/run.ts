import type { Runner } from "../runner.ts";

export const runEnd: Runner<"end"> = {
  kind: "instant",
  run: ({ data: { output, terminate } }, values) => ({
    handles: [],
    output: output === undefined ? null : values.deep(output),
    ...(terminate ? { terminates: true } : {}),
  }),
};
