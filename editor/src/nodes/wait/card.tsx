import { Clock } from "lucide-react";
import { lookOf, oneLine } from "../look.ts";

export const wait = lookOf("wait", {
  icon: Clock,
  kind: "flow",
  shape: "card",
  body: true,
  summary: ({ for: span, until, signal, timeout }) => {
    const end = timeout === undefined ? "" : `, ${timeout} at most`;
    if (signal) {
      const which = signal.correlation ? `, ${oneLine(signal.correlation)}` : "";
      return `For the signal ${signal.name || "…"}${which}${end}`;
    }
    return `${until ? `Until ${oneLine(until)}` : `For ${span ?? "…"}`}${end}`;
  },
});
