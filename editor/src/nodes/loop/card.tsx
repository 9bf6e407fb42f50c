import { Repeat } from "lucide-react";
import { lookOf } from "../look.ts";

export const loop = lookOf("loop", {
  icon: Repeat,
  kind: "parallel",
  shape: "double",
  summary: ({ until, maxIterations }) => `Until ${until ?? "…"}, ${maxIterations ?? "?"} times at most`,
});
