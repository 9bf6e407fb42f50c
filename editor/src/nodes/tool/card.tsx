import { Wrench } from "lucide-react";
import { lookOf } from "../look.ts";

export const tool = lookOf("tool", {
  icon: Wrench,
  kind: "tool",
  shape: "notch",
  summary: ({ tool, arguments: given }) => {
    const detail = [given?.method, given?.url].filter((part) => typeof part === "string").join(" ");
    return [tool, detail].filter(Boolean).join(" · ") || "No tool yet";
  },
});
