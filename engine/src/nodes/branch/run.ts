import type { Runner } from "../runner.ts";

export const runBranch: Runner<"branch"> = {
  kind: "instant",
  run: ({ data: { cases = [], mode } }, values) => {
    const holds = ({ when }: { when?: string | undefined }) => values.expression(when ?? "false") === true;
    if (mode === "all") {
      const taken = cases.filter(holds).map(({ id }) => id);
      return { handles: taken.length > 0 ? taken : ["else"], output: { cases: taken } };
    }
    const taken = cases.find(holds)?.id ?? "else";
    return { handles: [taken], output: { case: taken } };
  },
};
