import { Wrench } from "lucide-react";
import { lookOf, oneLine } from "../look.ts";

export const tool = lookOf("tool", {
  icon: Wrench,
  kind: "tool",
  shape: "notch",
  body: true,
  summary: ({ arguments: given }) => {
    const call = [given?.method, given?.url].filter((part) => typeof part === "string").join(" ");
    return oneLine(call || (typeof given?.code === "string" ? given.code : "")) || "No arguments yet";
  },
  detail: ({ tool: name }) => name ?? "no tool",
});
