import { Clock } from "lucide-react";
import { lookOf } from "../look.ts";

export const wait = lookOf("wait", {
  icon: Clock,
  kind: "flow",
  shape: "card",
  body: true,
  summary: ({ for: span, until, signal }) => {
    if (signal) return `For the signal ${signal.name ?? "…"}`;
    return until ? `Until ${until}` : `For ${span ?? "…"}`;
  },
});
