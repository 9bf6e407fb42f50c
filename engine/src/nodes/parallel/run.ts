import { SignalboxError } from "../../errors.ts";
import type { Runner } from "../runner.ts";

const defaultConcurrency = 10;

export const runParallel: Runner<"parallel"> = {
  kind: "frame",
  open: ({ id, data: { mode, items: source, concurrency, join = "all" } }, values, lanes) => {
    if (mode !== "forEach") return { lanes, concurrency: concurrency ?? Math.max(1, lanes.length), join };
    const items = values.expression(source ?? "[]");
    if (!Array.isArray(items)) {
      throw new SignalboxError(
        "expression_failed",
        `The items of ${id} are no list: "${source}" gives something else.`,
      );
    }
    return {
      lanes: items.map((_, index) => String(index)),
      items,
      concurrency: concurrency ?? defaultConcurrency,
      join,
    };
  },
};
