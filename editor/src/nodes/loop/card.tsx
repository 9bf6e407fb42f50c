import { Repeat } from "lucide-react";
import { lookOf, oneLine } from "../look.ts";

export const loop = lookOf("loop", {
  icon: Repeat,
  kind: "parallel",
  shape: "double",
  body: false,
  summary: ({ until, maxIterations }) => `Until ${oneLine(until) || "…"}, ${maxIterations ?? "?"} times at most`,
  badge: ({ maxIterations }) => `Loop · ${maxIterations ?? "?"} at most`,
});
