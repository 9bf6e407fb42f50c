import { Flag } from "lucide-react";
import { firstLine, lookOf } from "../look.ts";

export const end = lookOf("end", {
  icon: Flag,
  kind: "flow",
  shape: "pill",
  summary: ({ output, terminate }) => {
    const text = typeof output === "string" ? firstLine(output) : Object.keys(Object(output)).join(", ");
    return `${terminate ? "Ends the run: " : ""}${text || "No output of its own"}`;
  },
});
