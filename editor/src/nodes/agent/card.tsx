import { Bot } from "lucide-react";
import { firstLine, lookOf } from "../look.ts";

export const agent = lookOf("agent", {
  icon: Bot,
  kind: "agent",
  shape: "rail",
  summary: ({ model, prompt }) => [model, firstLine(prompt)].filter(Boolean).join(" · ") || "No model yet",
});
