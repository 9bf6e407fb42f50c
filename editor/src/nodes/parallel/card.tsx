import { Columns2 } from "lucide-react";
import { lookOf } from "../look.ts";

export const parallel = lookOf("parallel", {
  icon: Columns2,
  kind: "parallel",
  shape: "double",
  summary: ({ mode, items }) => (mode === "forEach" ? `For each of ${items ?? "…"}` : "Lanes, all at once"),
});
