import { Flag } from "lucide-react";
import { lookOf, oneLine } from "../look.ts";

export const end = lookOf("end", {
  icon: Flag,
  kind: "flow",
  shape: "pill",
  body: false,
  summary: ({ output, terminate }) => {
    const text = typeof output === "string" ? oneLine(output) : Object.keys(Object(output)).join(", ");
    return `${terminate ? "Ends the run: " : ""}${text || "No output of its own"}`;
  },
});
