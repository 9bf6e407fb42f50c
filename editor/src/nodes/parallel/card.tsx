import { Columns2 } from "lucide-react";
import { lookOf, oneLine } from "../look.ts";

export const parallel = lookOf("parallel", {
  icon: Columns2,
  kind: "parallel",
  shape: "double",
  body: false,
  summary: ({ mode, items }) => (mode === "forEach" ? `For each of ${oneLine(items) || "…"}` : "Lanes, all at once"),
  laned: ({ mode }) => mode !== "forEach",
  badge: ({ mode, concurrency }) => (mode === "forEach" ? `For each · ${concurrency ?? 10} at once` : "Lanes"),
});
