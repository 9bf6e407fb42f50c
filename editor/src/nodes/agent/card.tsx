import { Bot } from "lucide-react";
import { lookOf, oneLine } from "../look.ts";

export const agent = lookOf("agent", {
  icon: Bot,
  kind: "agent",
  shape: "rail",
  body: true,
  summary: ({ prompt, instructions }) => oneLine(instructions ?? prompt) || "No prompt yet",
  detail: ({ model }) => model ?? "no model",
});
